// Before anything is drawn: the theme that was chosen, otherwise the system's. As in src/session/theme-switch.tsx.
const chosen = localStorage.getItem('tradeflow.theme');
const light = matchMedia('(prefers-color-scheme: light)').matches;
document.documentElement.dataset.theme = chosen ?? (light ? 'light' : 'dark');
