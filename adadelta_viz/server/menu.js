// On a narrow screen the menu lies over the page: it is closed on arrival, and it closes after the choice of a page, a
// tap beside it or Escape. Runs before Streamlit, which opens it on every visit to a browser that once left it open.
(() => {
  const narrow = matchMedia("(max-width: 767.98px)"); // where Streamlit lets it lie over the page

  function forget() {
    if (!narrow.matches) return;
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("stSidebarCollapsed-")) localStorage.removeItem(key);
    }
  }

  function close() {
    const menu = document.querySelector('[data-testid="stSidebar"]');
    const open = menu && menu.getBoundingClientRect().right > 0;
    const button = menu?.querySelector('[data-testid="stSidebarCollapseButton"] button');
    if (narrow.matches && open && button instanceof HTMLElement) button.click();
  }

  forget();
  document.addEventListener("click", ({ target }) => {
    const leaves = '[data-testid="stSidebarNavLink"], [data-testid="stMain"]';
    if (target instanceof Element && target.closest(leaves)) close();
  });
  document.addEventListener("keydown", ({ key, defaultPrevented }) => {
    if (key === "Escape" && !defaultPrevented) close();
  });
})();
