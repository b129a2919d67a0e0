"""Letters beyond a–z of languages that write Latin letters, to tell their encodings apart."""

ALPHABETS = {
    language: frozenset(letters)
    for languages, letters in (
        ("fr", "àâæçéèêëîïôœùûüÿ"),
        ("en", "àâçéèêëïñóôöü"),  # in words from elsewhere
        ("de", "äöüßé"),
        ("es gl", "áéíóúüñª"),
        ("pt", "áâãàçéêíóôõúüª"),
        ("it", "àèéìíîòóùú"),
        ("ca", "àçèéíïòóúü·"),
        ("nl", "áäéèêëíïóöúü"),
        ("da no", "æøåéèêóòôâ"),
        ("sv", "åäöéàüáè"),
        ("fi", "äöåšž"),
        ("is fo", "áðéíóúýþæöø"),
        ("ga", "áéíóú"),
        ("sq", "çëé"),
        ("pl", "ąćęłńóśźż"),
        ("cs", "áčďéěíňóřšťúůýž"),
        ("sk", "áäčďéíĺľňóôŕšťúýž"),
        ("hu", "áéíóöőúüű"),
        ("ro", "ăâîșțşţ"),
        ("hr sl bs", "čćđšž"),
        ("lt", "ąčęėįšųūž"),
        ("lv", "āčēģīķļņōŗšūž"),
        ("et", "äõöüšž"),
        ("tr", "çğıöşüâîû\u0307"),  # the dot is what small letters make of İ
        ("vi", "àáâãèéêìíòóôõùúýăđĩũơư\u0300\u0301\u0303\u0309\u0323"),  # tones may stand behind their vowels
    )
    for language in languages.split()
}
"""By the codes of the languages."""

_WESTERN = ["fr", "en", "de", "es", "gl", "pt", "it", "ca", "nl", "da", "no", "sv", "fi", "is", "fo", "ga"]
_CENTRAL = ["pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs", "sq", "de"]
_TURKISH = ["tr", "de", "fr"]
_BALTIC = ["lt", "lv", "et", "fi", "sv", "da", "de"]

LANGUAGES = {
    **dict.fromkeys(("cp1252", "iso8859-15", "mac-roman", "cp850"), _WESTERN),
    **dict.fromkeys(("cp1250", "iso8859-2", "cp852", "mac-latin2"), _CENTRAL),
    **dict.fromkeys(("cp1254", "cp857", "mac-turkish"), _TURKISH),
    "cp1257": _BALTIC,
    "cp1258": ["vi"],
    "cp861": ["is"],
}
"""Of encodings of Latin letters, those that they were made for: what is written in one is one of these, as a rule."""
