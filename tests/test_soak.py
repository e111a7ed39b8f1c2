"""The first moments of `make soak`, with a seed of their own."""

from soak import FOLLOWERS, hall, in_peace, in_trouble


def test_everybody_is_where_the_meeting_is_also_when_servers_and_database_are_killed():
    with hall(seed=4) as made:
        times, _ = in_peace(made.meeting, seconds=3, every=0.05)
        followers = made.meeting.followers
        assert len(times) > 5 and len(followers) == FOLLOWERS
        broken = [what for what, _ in in_trouble(made, faults=2)]
        assert broken == ["kill_app", "kill_database"]
        last = followers[0].place
        assert last["view"] and all(follower.place == last for follower in followers)
