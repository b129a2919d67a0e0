"""Ready word lists, each with the question it puts. Written for single-token words where possible."""

from dataclasses import dataclass

from catsel_core.inputs.word_lists import WordList, make_word_list, split_words
from catsel_core.language import mark, tr


@dataclass(frozen=True, slots=True)
class Preset:
    """A named word list and the question that makes it worth a look.

    name: in English, as files and links have it.
    question: likewise.
    is_own: whether somebody has added it to those that come with catsel; then its words are theirs.
    """

    name: str
    question: str
    words: WordList
    is_own: bool = False

    @property
    def title(self) -> str:
        """The name as it is shown."""
        return self.name if self.is_own else tr(self.name)

    @property
    def about(self) -> str:
        """The question as it is shown."""
        return self.question if self.is_own else tr(self.question)


def _preset(name: str, question: str, **categories: str) -> Preset:
    pairs = [(title.replace("_", " "), split_words(text)) for title, text in categories.items()]
    return Preset(name, question, make_word_list(pairs))


BOOK = _preset(
    mark("Space, furniture, fruit (the book's list)"),
    mark("Three unrelated themes: at which layer are they furthest apart?"),
    space="galaxy, asteroid, comet, cosmos, space, sun, planet, moon, star, orbit",
    furniture="ceiling, sofa, couch, carpet, door, window, lamp, chair, table, rug, bed, floor, wall",
    fruit="pear, grape, banana, cherry, peach, apple, seed, jelly, orange, lime, fruit",
)

PRESETS = (
    BOOK,
    _preset(
        mark("Animals and tools"),
        mark("Living and made things: the contrast that brains, too, are said to care about. How early does it show?"),
        animals="dog, cat, horse, cow, sheep, lion, bear, wolf, mouse, rabbit, snake, eagle",
        tools="hammer, knife, drill, needle, shovel, axe, rope, ladder, brush, spoon, scissors, pen",
    ),
    _preset(
        mark("Pleasant and unpleasant emotions"),
        mark("Opposites appear in the same sentences. Does the model tell joy from grief, or see only feelings?"),
        pleasant="joy, happiness, love, pride, hope, delight, pleasure, relief, gratitude, affection",
        unpleasant="fear, anger, sadness, shame, guilt, grief, envy, hatred, disgust, despair",
    ),
    _preset(
        mark("Verbs and nouns"),
        mark("Same topics in both groups: what differs is grammar. Is word class or theme the stronger tie?"),
        verbs="eat, drink, write, read, sing, drive, cook, learn, teach, sell, listen, speak",
        nouns="food, water, letter, book, song, car, kitchen, school, teacher, money, music, voice",
    ),
    _preset(
        mark("Numbers and colours"),
        mark("Two small closed sets. Closed sets make tight clusters: compare their matrix with the book's."),
        numbers="one, two, three, four, five, six, seven, eight, nine, ten",
        colours="red, blue, green, yellow, black, white, brown, pink, purple, gray",
    ),
    _preset(
        mark("Fruit and vegetables"),
        mark("Neighbouring categories: even people argue about the border. How small does Δ become?"),
        fruit="apple, pear, banana, grape, cherry, peach, orange, lemon, mango, plum",
        vegetables="carrot, potato, onion, cabbage, pepper, bean, tomato, corn, garlic, spinach",
    ),
    _preset(
        mark("Fruit, vegetables, vehicles"),
        mark("Two near categories and a far one: the matrix shows a hierarchy, one large block with two inside."),
        fruit="apple, pear, banana, grape, cherry, peach, orange, lemon",
        vegetables="carrot, potato, onion, cabbage, pepper, bean, tomato, garlic",
        vehicles="car, truck, bus, train, boat, plane, bicycle, ship",
    ),
    _preset(
        mark("Days, months, seasons, hours of the day"),
        mark("Four kinds of time. Sequences are special: look for a bright line beside the diagonal."),
        days="Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
        months="January, February, March, April, June, July, August, September, October",
        seasons="spring, summer, autumn, winter",
        day_times="morning, noon, afternoon, evening, night, midnight",
    ),
    _preset(
        mark("Countries and capitals"),
        mark("Each capital has its own country in the other group: does the pair or the kind win?"),
        countries="France, Germany, Italy, Spain, Russia, Japan, China, Egypt, Greece, England",
        capitals="Paris, Berlin, Rome, Madrid, Moscow, Tokyo, Beijing, Cairo, Athens, London",
    ),
    _preset(
        mark("A control without meaning"),
        mark("Words dealt at random into two groups. Whatever Δ you see here is chance."),
        first="table, river, green, seven, music, doctor, winter, paper, lion, stone",
        second="window, ocean, brown, three, dance, farmer, summer, glass, horse, metal",
    ),
)

PRESETS_BY_NAME = {preset.name: preset for preset in PRESETS}
