/**
 * Has the scripts of this page speak a language, and the browser know which it is: it reads the page aloud, and breaks
 * its words.
 * @param {string} language its code
 * @param {Record<string, string>} words by the English ones
 */
function speak(language, words) {
  document.documentElement.lang = language;
  window.catselWords = words;
}
