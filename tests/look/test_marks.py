"""The row of icons: words for speech, nothing unescaped."""

from dataclasses import dataclass

from django.template import Context, Template


@dataclass(frozen=True)
class Icon:
    colour: str
    icon: str
    state: str
    text: str


def _row(*icons: Icon) -> str:
    page = Template("{% load gs %}{% quality_marks icons %}")
    return page.render(Context({"icons": icons}))


def test_each_icon_says_its_state_in_words() -> None:
    row = _row(
        Icon("cyan", "padlock", "done", "HIPAA for Scribes: passed 92%"),
        Icon("purple", "book", "none", "MSCAT Manual: not assigned"),
    )

    assert row.count('role="img"') == 2
    assert 'class="gs-q gs-c-cyan gs-i-padlock gs-s-done"' in row
    assert 'title="HIPAA for Scribes: passed 92%"' in row
    assert 'title="MSCAT Manual: not assigned"' in row


def test_a_label_with_markup_comes_out_as_text() -> None:
    row = _row(Icon("cyan", "padlock", "done", '"><script>alert(1)</script>'))

    assert "<script>" not in row
    assert "&lt;script&gt;" in row
