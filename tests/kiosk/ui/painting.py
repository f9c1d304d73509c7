"""Scenes for the painter's tests: random ones that use every kind of element, and one like a real screen."""

from hypothesis import strategies as st

from kiosk.ui.scene import (
    Box,
    Button,
    Code,
    Dots,
    Element,
    Icon,
    Label,
    Mark,
    Picture,
    Progress,
    Rect,
    Ring,
    Row,
    Scene,
    Word,
    Zigzag,
)

SIZE = (320, 240)
COLOURS = st.sampled_from(["ink", "paper", "primary", "sun", "info-soft", "sunk", "hair"])
TEXTS = st.sampled_from(["Pay", "Vine tomatoes", "12.90", "Åkes **extra** gröt", "خبز 500 g", "", "A\nB", "gjpqy"])
RECTS = st.builds(Rect, st.integers(-20, 300), st.integers(-20, 220), st.integers(1, 200), st.integers(1, 120))
ELEMENTS: st.SearchStrategy[Element] = st.one_of(
    st.builds(
        Box,
        RECTS,
        st.one_of(COLOURS, st.sampled_from(["", "scrim"])),
        outline=COLOURS,
        outline_px=st.integers(0, 6),
        radius=st.integers(0, 32),
        edge=COLOURS,
        edge_px=st.integers(0, 6),
        shadow=st.sampled_from(["", "slip", "sheet"]),
    ),
    st.builds(
        Label,
        RECTS,
        TEXTS,
        st.integers(12, 60),
        st.sampled_from([500, 600, 700, 800]),
        st.booleans(),
        COLOURS,
        st.sampled_from(["start", "centre", "end"]),
        st.sampled_from(["top", "middle", "bottom"]),
        st.integers(1, 3),
        st.sampled_from([0.9, 1.25]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        Row,
        RECTS,
        st.lists(
            st.one_of(st.builds(Word, TEXTS, colour=COLOURS), st.builds(Mark, st.just("cart-outline"))),
            min_size=1,
            max_size=3,
        ).map(tuple),
        fill=st.sampled_from(["", "sun"]),
        pad=st.integers(0, 12),
        radius=st.integers(0, 20),
    ),
    st.builds(Icon, RECTS, st.sampled_from(["close", "check"]), COLOURS, st.integers(10, 60)),
    st.builds(Picture, RECTS, st.sampled_from(["svg:tomato", "svg:scan"]), st.sampled_from([255, 90])),
    st.builds(Code, RECTS, st.just("7QF2")),
    st.builds(Zigzag, RECTS),
    st.builds(Dots, RECTS.map(lambda rect: rect._replace(h=4)), COLOURS),
    st.builds(Ring, RECTS.map(lambda rect: rect._replace(h=rect.w)), st.integers(0, 1000), width=st.just(4)),
    st.builds(Progress, RECTS, st.integers(0, 1000)),
    st.builds(
        Button,
        RECTS,
        st.none(),
        st.just("b"),
        st.sampled_from(["primary", "secondary", "disabled", "line", "deep"]),
        selected=st.booleans(),
        pressed=st.booleans(),
    ),
)


def scene(*elements: Element, ground: str = "ground", direction: str = "ltr") -> Scene:
    """A small scene of these elements."""
    return Scene("test", SIZE, ground, elements, direction=direction)  # type: ignore[arg-type]
