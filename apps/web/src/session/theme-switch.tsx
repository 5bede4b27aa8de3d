import { useLayoutEffect } from 'react';
import { Button } from '../ui/button';
import { useStored } from './stored';

type Theme = 'dark' | 'light';

function parseTheme(text: string | null): Theme {
  if (text === 'dark' || text === 'light') return text;
  return window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** Dark or light: as the system has it until somebody chooses. */
export function ThemeSwitch() {
  const [theme, setTheme] = useStored('theme', parseTheme);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Button
      kind="quiet"
      aria-label={`Switch to the ${other} theme`}
      title={`${other} theme`}
      onClick={() => setTheme(other)}
    >
      {theme === 'dark' ? '☾' : '☀'}
    </Button>
  );
}
