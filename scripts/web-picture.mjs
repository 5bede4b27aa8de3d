// npm run web:picture: takes the picture of the page that the README shows. Run when the page has changed, not by tests.
process.env.WEB_PICTURE = 'docs/page.png';
process.argv.push('--testPathPatterns', 'look');
await import('./test-web.mjs');
