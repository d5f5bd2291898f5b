// Before anything is drawn, so that the chosen theme does not flash. A classic script, because modules run later.
(() => {
  const theme = localStorage.getItem("kinora.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  document.documentElement.lang = localStorage.getItem("kinora.language") || (navigator.language.startsWith("zh") ? "zh" : "en");
})();
