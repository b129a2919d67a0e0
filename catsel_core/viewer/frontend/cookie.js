const SECONDS_KEPT = 400 * 24 * 60 * 60; // the most that browsers allow

/**
 * Has the browser keep the name that its visitor is known by here, and send it to this server alone.
 * @param {string} cookie as `name=value`
 * @param {string} path of the server's pages
 */
function keepCookie(cookie, path) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${cookie}; path=${path}; max-age=${SECONDS_KEPT}; samesite=strict${secure}`;
}
