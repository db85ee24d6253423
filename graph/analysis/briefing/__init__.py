"""The visit brief: background, goals, agenda and questions for a team member's next visit, on one page."""
