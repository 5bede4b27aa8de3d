import type { ButtonHTMLAttributes } from 'react';
import './button.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'plain' | 'accent' | 'buy' | 'sell' | 'danger' | 'quiet';
  size?: 's' | 'm' | 'l';
}

export function Button({ kind = 'plain', size = 'm', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`button ${kind} size-${size} ${className}`} {...rest} />;
}
