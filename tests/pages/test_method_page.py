"""The page Method: its parts, links to a term or a pitfall, and a live example for every pitfall."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.words import analyse_words
from catsel_core.figures import of_method, of_words
from catsel_core.figures.glossary import glossary
from catsel_core.figures.pitfalls import pitfalls
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.presets import PRESETS
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.word_lists import make_word_list
from catsel_core.session import ContextsChoice, SentencesChoice, Session, SideChoice, first_contexts
from pages.ui import terms
from pages.ui.method.examples import EXAMPLES
from tests.support.pages import ROOT, charts
from tests.support.tiny import gpt2_folder
from tests.support.visits import SECONDS, STORY, session_of, words

SENTENCES = tuple(
    Sentence(f"moon/{sense}", text, "moon")
    for sense, texts in {
        "near": ("I like the moon", "and the moon"),
        "far": ("The next word is moon", "a moon"),
    }.items()
    for text in texts
)


def visit(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = session_of(words())
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page("pages/method.py").run()


def text_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(each.value for each in (*app.markdown, *app.subheader))


def test_the_steps_come_first_with_every_term_and_its_formula() -> None:
    app = visit()
    text = text_of(app)
    for topic in glossary().topics:
        assert topic.title in text
    for term in glossary().terms:
        assert f'data-anchor="{term.id}"' in text
        assert term.formula in text
    assert not charts(app)


def test_a_link_to_a_term_opens_the_glossary_at_it() -> None:
    app = visit(term="jackknife")
    assert app.segmented_control(key="method-part").value == "glossary"
    (first, *_) = [each.value for each in app.markdown if "data-anchor" in each.value]
    assert first.startswith('<h3 data-anchor="jackknife">')
    assert first.count("<h3") == text_of(app).count('data-anchor="jackknife"') == 1


@pytest.mark.parametrize(("part", "value"), [("term", "<b>"), ("pitfall", "nothing")])
def test_a_link_to_what_is_not_there_shows_the_part_all_the_same(part: str, value: str) -> None:
    app = visit(**{part: value})
    assert not app.error
    assert "<b>" not in text_of(app)


def test_the_glossary_is_searched_and_says_what_to_do_where_nothing_is_found() -> None:
    app = visit(term="auc")
    app.text_input(key="glossary-search").set_value("noise ceiling").run()
    assert 'data-anchor="noise-ceiling"' in text_of(app)
    assert 'data-anchor="auc"' not in text_of(app)
    assert "(#spearman)" not in text_of(app)  # it is not on the page now: a link to it would be dead
    app.text_input(key="glossary-search").set_value("<i>no such *term*").run()
    (note,) = app.info
    assert note.value.replace("\\", "").startswith("No term here has “<i>no such *term*”. Try")


def test_references_are_shown_with_their_addresses() -> None:
    app = visit()
    app.segmented_control(key="method-part").set_value("references").run()
    text = text_of(app)
    assert all(each.url in text for each in glossary().references)


def test_explanations_lead_to_the_glossary_of_this_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "(/method?term=hidden-state)" in terms.explained("similarity-matrix")
    monkeypatch.setattr("streamlit.get_option", lambda _: "/behind/a-proxy/")
    assert terms.address("auc") == "/behind/a-proxy/method?term=auc"


def everything_chosen() -> Session:
    """A session whose words, text, sentences and sides are quick for a tiny model."""
    session = session_of(words())
    return replace(
        session,
        sentences=SentencesChoice(SENTENCES),
        side_b=SideChoice(model=str(gpt2_folder())),
        contexts=ContextsChoice(first_contexts().text, ("moon", "star"), WindowChoice(10, 20)),
    )


def test_every_pitfall_has_a_live_example_which_is_made_when_it_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(EXAMPLES) == [pitfall.id for pitfall in pitfalls()]
    monkeypatch.setattr("catsel_core.session.text_of", lambda *_: STORY)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = everything_chosen()
    app.query_params["pitfall"] = "final-norm"
    app.switch_page("pages/method.py").run()
    analysis = analyse_words(words())
    assert charts(app)["state-lengths-1"]["readings"] == list(of_method.state_lengths(analysis).readings)
    assert charts(app)["mean-profile-2"]["readings"] == list(of_words.mean_profile(analysis).readings)
    shown: dict[str, tuple[str, ...]] = {}
    for pitfall in pitfalls():
        app.selectbox(key="pitfall").set_value(pitfall.id).run()
        assert not app.exception
        assert not app.error
        assert pitfall.look in text_of(app)
        shown[pitfall.id] = tuple(charts(app))
    tables = {"several-tokens", "space", "product-labels", "windows"}
    assert {name for name, found in shown.items() if not found} == tables
    assert shown["few-words-cka"] == ("layer-similarity-cka", "layer-similarity-debiased-cka")


def test_fewer_words_are_every_second_one_of_each_category() -> None:
    request = words()
    halves = [(each.name, each.words[::2]) for each in request.words.categories]
    half = analyse_words(replace(request, words=make_word_list(halves))).statistics
    analysis = analyse_words(request)
    chart = of_method.t_of_fewer_words(analysis)
    assert chart.figure.data[0].y == pytest.approx(analysis.statistics.t)
    assert chart.figure.data[1].y == pytest.approx(half.t, rel=1e-3)
    assert (
        f"from {34 * 33 // 2:,} pairs and {half.t[1]:.1f} from {half.n_within + half.n_across:,}" in chart.readings[1]
    )


def test_centring_within_the_words_forces_their_mean_similarity() -> None:
    chart = of_method.mean_by_measure(analyse_words(words()))
    dashed, cosine, centred, zscored = (trace.y for trace in chart.figure.data[:4])
    assert dashed[0] == pytest.approx(-1 / 33)
    assert centred == pytest.approx(dashed[0], abs=0.02)
    assert zscored == pytest.approx(dashed[0], abs=0.02)
    assert (abs(cosine - dashed[0]) > 0.02).any()


def test_products_of_four_numbers_collide_and_of_three_do_not() -> None:
    found = {preset.name: of_method.confused_pairs(preset.words) for preset in PRESETS}
    sizes = {preset.name: len(preset.words.categories) for preset in PRESETS}
    assert all((wrong > 0) == (sizes[name] >= 4) for name, (wrong, _, _) in found.items())
    assert found["Days, months, seasons, hours of the day"] == (7 * 6, 247, "1 × 4 = 2 × 2")
