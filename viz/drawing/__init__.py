"""What each view draws, for any pen: one drawing of a scene, whatever it is written with."""
