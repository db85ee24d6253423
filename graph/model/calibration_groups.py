"""The groups of values in a calibration: what each measure, gap, action and brief is computed with."""

from __future__ import annotations

from typing import Annotated

from graph.model import calibration_types as of
from graph.model.calibration_types import About, Numbers


class Method(Numbers):
    """A contact method: weight, half-life, depth, and which of our roles lead it."""

    weight: Annotated[of.Positive, About(1, "what one touch counts")]
    half_life: Annotated[of.HalfLife, About(1, "days until a touch counts half")]
    depth: Annotated[of.Share, About(1, "how deep a connection it makes")]
    leads: Annotated[tuple[of.TeamRole, ...], About(1, "roles of our team that lead it")]


class Standard(Numbers):
    """The standard of a person: days between contacts, strength of our team together."""

    cadence: Annotated[of.Days, About(6, "days between contacts")]
    strength: Annotated[of.Fraction, About(6, "required connection strength of our team together")]


class Bands(Numbers):
    """From which severity a gap is critical, high, medium."""

    critical: Annotated[of.Severity, About(6, "severity from which a gap is critical")]
    high: Annotated[of.Severity, About(6, "severity from which a gap is high")]
    medium: Annotated[of.Severity, About(6, "severity from which a gap is medium; below it is low")]


class Reliability(Numbers):
    """The prior of a member's reliability, before any promise is recorded."""

    kept: Annotated[of.Amount, About(2, "promises taken as kept before the first is recorded")]
    made: Annotated[of.Positive, About(2, "promises taken as made before the first is recorded")]


class InferredLevel(Numbers):
    """The level of a person whose level is empty, as a part of the highest: middle + spread · (standing - 1/2)."""

    middle: Annotated[of.Share, About(0, "part of the highest level at a middle standing")]
    spread: Annotated[of.Share, About(0, "how far it runs from the lowest to the highest standing")]


class RolePower(Numbers):
    """Power by role: role weight · (level base + share · level/7) · (political base + share · political status)."""

    level_base: Annotated[of.Fraction, About(3, "part of a role's power at level 0")]
    level_share: Annotated[of.Share, About(3, "what the highest level adds")]
    political_base: Annotated[of.Fraction, About(3, "part of a role's power outside the political structure")]
    political_share: Annotated[of.Share, About(3, "what the inner circle adds")]
    level_growth: Annotated[of.Growth, About(3, "factor of power by level where there is no opportunity")]


class KeyPeople(Numbers):
    """Differences of influence and formal power that are worth a remark."""

    ranks_apart: Annotated[of.Few, About(5, "ranks by which a hidden influencer or figurehead differs")]
    weight: Annotated[of.Share, About(5, "share of the largest influence (formal power) that they have at least")]
    likely_senior: Annotated[of.Share, About(5, "gap of standing from which one of two is likely more senior")]
    set_size: Annotated[of.SetSize, About(5, "largest key-player set looked for")]


class Champion(Numbers):
    """Requirements of a champion."""

    stance: Annotated[of.Stance, About(5, "least stance of a champion")]
    foremost: Annotated[of.Share, About(5, "part of the people by influence that a champion is among")]


class RankBand(Numbers):
    """How firm a rank is: ranks over random draws of the influence weights."""

    draws: Annotated[of.Draws, About(5, "random draws")]
    off: Annotated[of.Below1, About(5, "how far a weight may be off, up and down")]
    low: Annotated[of.Percentile, About(5, "percentile at which the band begins")]
    high: Annotated[of.Percentile, About(5, "percentile at which the band ends")]


class Shortfalls(Numbers):
    """The shortfall of each gap that has a fixed one; the others follow from coverage, stance or the rival."""

    key_person_left: Annotated[of.Fraction, About(6, "somebody left and still holds a seat")]
    unidentified_role: Annotated[of.Fraction, About(6, "a seat without a name")]
    single_threaded: Annotated[of.Fraction, About(6, "only one member has a tie")]
    no_owner: Annotated[of.Fraction, About(6, "no active member owns the person")]
    wrong_role: Annotated[of.Fraction, About(6, "no tie from the role that is asked for")]
    level_mismatch: Annotated[of.Fraction, About(6, "ties only from too far below")]
    stance_unknown: Annotated[of.Fraction, About(6, "a seat without a stance")]
    department_uncovered: Annotated[of.Fraction, About(6, "a unit without any tie, for all influence in it")]
    no_coach: Annotated[of.Fraction, About(6, "nobody coaches us")]
    no_decision_maker: Annotated[of.Fraction, About(6, "nobody decides")]
    no_opponent_identified: Annotated[of.Fraction, About(6, "stances are known, and none is against us")]


class Gaps(Numbers):
    """When a gap is raised and what it costs."""

    urgency_base: Annotated[of.Share, About(6, "urgency long before the bid")]
    urgency_share: Annotated[of.Share, About(6, "what the day of the bid adds to urgency")]
    rival_share: Annotated[of.Share, About(6, "what a rival's lead adds to severity")]
    influence_from: Annotated[of.Share, About(6, "share of the largest influence from which thin contact is a gap")]
    stale_cadences: Annotated[of.Positive, About(6, "cadences without contact after which a tie is stale")]
    rival_from: Annotated[of.Fraction, About(6, "rival's tie from which a person can be owned by the rival")]
    levels_apart: Annotated[of.LevelsApart, About(6, "levels above our highest tie from which levels mismatch")]
    confidence: Annotated[of.Share, About(6, "confidence below which a stance is unverified")]
    known_stances: Annotated[of.Few, About(6, "known stances from which a missing opponent is a gap")]
    act_within: Annotated[of.Days, About(6, "days to act in, where neither cadence nor bid asks for it sooner")]
    shortfall: Shortfalls


class LevelMatch(Numbers):
    """How the levels of a member and a stakeholder match."""

    near: Annotated[of.LevelsApart, About(14, "levels apart up to which they match fully")]
    far: Annotated[of.LevelsApart, About(14, "levels apart up to which they match in part")]
    far_value: Annotated[of.Share, About(14, "the match in part")]


class Moves(Numbers):
    """The value of a next action, and the limits of the rhythm."""

    forecast_share: Annotated[of.Share, About(9, "part of the support forecast in an action's value")]
    coverage_share: Annotated[of.Share, About(9, "part of decision-chain coverage in an action's value")]
    information_share: Annotated[of.Share, About(9, "part of what it finds out in an action's value")]
    stale_days: Annotated[of.DaysOrNone, About(9, "days after which a stance is worth asking about again")]
    ask_trust: Annotated[of.Share, About(9, "least trust to ask for a commitment or an introduction")]
    effort: Annotated[dict[of.WayOfContact, of.Positive], About(9, "days of our own that a contact takes")]
    effort_exponent: Annotated[of.ExponentOrNone, About(9, "how much effort lowers priority")]
    deeper_by: Annotated[of.Share, About(9, "how much deeper than the connection a method may go")]
    letter_level: Annotated[of.Level, About(9, "level from which an executive letter is always allowed")]
    executive_level: Annotated[of.Level, About(9, "member's level from which executive methods are allowed")]
    executive_apart: Annotated[of.LevelsApart, About(9, "most levels apart for executive methods")]
    cooldown_part: Annotated[of.Positive, About(9, "a method rests for its half-life divided by this")]
    least_path: Annotated[of.Share, About(9, "least path strength in feasibility")]
    no_level_match: Annotated[of.Share, About(9, "level match in feasibility where levels do not match")]
    horizon: Annotated[of.PlanDays, About(9, "days that a plan looks ahead, where nobody says how many")]


class Leads(Numbers):
    """How claims are weighed, and what each grade of a lead asks for."""

    prior: Annotated[of.Probability, About(10, "likelihood of a topic before anybody speaks")]
    reliability: Annotated[of.ClaimReliability, About(10, "reliability of a claim that nobody rated")]
    echo: Annotated[of.Share, About(10, "part that further claims of one position count")]
    sure: Annotated[of.Probability, About(10, "likelihood that a credible lead, and an opportunity, need")]
    likely: Annotated[of.Probability, About(10, "likelihood of budget or start date that a lead needs")]
    positions: Annotated[of.Few, About(10, "positions that must support what makes a lead credible")]


class Assignment(Numbers):
    """Which member suits which stakeholder."""

    capacity: Annotated[of.People, About(14, "people a member can answer for")]
    level_share: Annotated[of.Share, About(14, "part of level match in fit")]
    function_share: Annotated[of.Share, About(14, "part of function match in fit")]
    tie_share: Annotated[of.Share, About(14, "part of the connection in fit")]
    shared_share: Annotated[of.Share, About(14, "part of a common background or interest in fit")]
    other_function: Annotated[of.Share, About(14, "function match of a role that does not lead the function")]
    levels_apart: Annotated[of.LevelsApart, About(14, "levels from which a member is too senior or too junior")]


class Counted(Numbers):
    """Influence counted from the customer's own mails."""

    answer_days: Annotated[of.DaysOrNone, About(16, "days within which a mail counts as an answer")]
    period: Annotated[of.Days, About(16, "days of mails that count")]
    half_weight: Annotated[of.Positive, About(16, "excess of mails at which a line has the weight 1/2")]


class TeamAtWork(Numbers):
    """Requirements of the method for the team."""

    window: Annotated[of.Window, About(17, "days looked back on for customer time and joint work")]
    customer_time: Annotated[of.Share, About(17, "share of working days to spend with customers")]
    most_owned: Annotated[of.People, About(17, "people a member should own at most")]
    joint_corners: Annotated[of.Corners, About(17, "corners present that make work joint")]


class VisitMinutes(Numbers):
    """The minutes of the five parts of a visit."""

    opening: Annotated[of.Minutes, About(None, "opening")]
    promises: Annotated[of.Minutes, About(None, "open promises")]
    questions: Annotated[of.Minutes, About(None, "questions")]
    value: Annotated[of.Minutes, About(None, "the value that we offer")]
    next_step: Annotated[of.Minutes, About(None, "the next step")]


class Brief(Numbers):
    """The visit brief."""

    short_level: Annotated[of.Level, About(None, "level from which a visit is short")]
    short: VisitMinutes
    long: VisitMinutes
    rival_tie: Annotated[of.Fraction, About(None, "rival's tie from which its objections are prepared for")]
