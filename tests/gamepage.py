"""The game lab on a page, as its tests read and use it."""

import re

from playwright.sync_api import expect

from tests.labpage import LabOnPage

LEARN = "Let it learn"
WORK = 60_000  # milliseconds that a run may take on a busy machine
ARROWS = {0: "ArrowLeft", 1: "ArrowDown", 2: "ArrowRight"}
# What a game's canvas shows, as greys from 0 to 255.
GREYS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({ length: data.length / 4 }, (_, k) => data[4 * k]);
}"""


class GameOnPage(LabOnPage):
    """The lab, and what a reader does and reads in it."""

    def __init__(self, page):
        super().__init__(page, "game")
        self.score = self.root.locator(".cl-game-score:visible")
        self.account = self.root.locator(".cl-game-account:visible")
        self.screen = self.root.get_by_role("application")
        self.run_button = self.root.locator(".cl-game-run .cl-primary")

    def trait(self, name):
        return self.page.evaluate(f"document.querySelector('#{self.id}').model.get('{name}')")

    def seen(self):
        """Row and column of the ball, and the paddle's first column, as a screen reader has them; counted from 0."""
        words = self.root.locator(".cl-game-screen:visible").first.get_attribute("aria-label")
        row, column, paddle = re.search(r"row (\d+), column (\d+), .* columns (\d+) to", words).groups()
        return int(row) - 1, int(column) - 1, int(paddle) - 1

    def greys(self):
        return self.root.locator(".cl-game-screen:visible canvas").first.evaluate(GREYS)

    def move(self, action):
        self.screen.press(ARROWS[action])

    def follow_the_ball(self):
        """A game of Catch to its end, by keys."""
        while True:
            row, column, paddle = self.seen()
            self.move(1 + (column > paddle + 1) - (column < paddle + 1))
            if row == 8:
                return

    def choose(self, **settings):
        """By the menus of "Learn"."""
        names = {"game": "Game", "memory": "Replay memory", "discount": "Discount", "pictures": "Pictures seen"}
        for name, value in settings.items():
            self.menu(names[name]).select_option(value)

    def learn(self):
        """To the end of the bar."""
        self.press(LEARN)
        self.finish()

    def finish(self):
        expect(self.run_button).not_to_have_text("Stop", timeout=WORK)

    def wait_for_frames(self, count):
        """Until so many have been played; how many they are then."""
        found = "/([\\d,]+) steps?/.exec(document.querySelector('.cl-game-account').textContent)"
        played = f"Number(({found})?.[1].replace(',', ''))"
        self.page.wait_for_function(f"{played} >= {count}", timeout=WORK)
        return self.page.evaluate(played)

    def stop_after(self, count):
        self.wait_for_frames(count)
        self.press("Stop")
        self.finish()
