"""The map in another engine: Firefox draws it, with its policy in force."""

import base64
import subprocess

import pytest

from export.sample_graph import sample_graph
from kg.export.page import HtmlExporter

pytestmark = pytest.mark.browser

START_SECONDS = 240  # some 5 s on two idle cores
COUNT_PIXELS = """async ([picture, colours]) => {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))]));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  const counts = colours.map(() => 0);
  for (let at = 0; at < pixels.length; at += 4) {
    colours.forEach((colour, n) => {
      if (colour.every((part, place) => Math.abs(part - pixels[at + place]) < 12)) counts[n] += 1;
    });
  }
  return counts;
}"""
CONFLICT, STATE = (0xA5, 0x2A, 0x05), (0x33, 0x47, 0x5B)  # the ties and the discs


def test_it_draws_ties_and_actors(chromium, firefox, tmp_path):
    HtmlExporter().write(sample_graph(), tmp_path / "map.html", {})
    picture = tmp_path / "map.png"
    command = [firefox, "--headless", "--no-remote", "--profile", str(tmp_path / "profile"), "--window-size=1440,900"]
    (tmp_path / "profile").mkdir()
    subprocess.run(
        [*command, "--screenshot", str(picture), (tmp_path / "map.html").as_uri()],
        check=True, capture_output=True, timeout=START_SECONDS, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    page = chromium.new_page()
    ties, discs = page.evaluate(
        COUNT_PIXELS, [base64.b64encode(picture.read_bytes()).decode(), [list(CONFLICT), list(STATE)]]
    )
    page.close()
    assert ties > 2_000
    assert discs > 2_000
