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
    )
    for language in languages.split()
}
"""By the codes of the languages."""
