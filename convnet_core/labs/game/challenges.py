"""What the game lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge(
        "catch",
        "Let the net catch at least 95 of 100 balls of Catch.",
        "Nobody told it what a ball is, or a paddle: pixels and points were enough.",
        (
            "Choose Catch, open “Learn”, and press “Let it learn”.",
            "Its first 200 steps are chance alone, and for 1,000 more you see little. Give it time.",
            "With a memory of 5,000 steps, a discount of 0.95 and one picture it takes about 2,500 steps; some "
            "starts need more: press “Go on”.",
        ),
    ),
    Challenge(
        "never",
        "Break it. Find a setting with which it never learns Catch: 5,000 steps, and in no test does it catch 70 of "
        "100 balls.",
        "You have taken away what it can't do without. Put it back, and the same net learns.",
        (
            "The point comes when the ball is down, up to nine steps after the move that mattered. How does the net "
            "hear of it?",
            "Steps that follow each other are much alike. What if it learns from nothing but the last one?",
            "A discount of 0, or no memory: either will do. Then let it learn to the end of the bar.",
        ),
    ),
    Challenge(
        "drift",
        "On Catch with drift, show the net one picture: let it beat chance and end its 15,000 steps without ever "
        "catching 80 of 100. Then show it two pictures, and let it catch 90.",
        "One picture shows where the ball is. Where it goes takes two.",
        (
            "What does one picture of a ball that drifts not show?",
            "Choose Catch with drift, and under “Learn” one picture. Let it learn to the end of the bar.",
            "Then choose two pictures, and press “Let it learn” again: about 12,000 steps will do.",
        ),
    ),
)
