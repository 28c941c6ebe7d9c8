import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './controls.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet';
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps): ReactNode {
  const looks = { plain: '', primary: styles['primary'], quiet: styles['quiet'] };
  return <button type={type} className={`${styles['button']} ${looks[look] ?? ''} ${className}`} {...rest} />;
}

interface IconButtonProps extends ButtonProps {
  /** Read out, and shown as the tooltip. */
  readonly label: string;
}

export function IconButton({ label, className = '', ...rest }: IconButtonProps): ReactNode {
  return <Button look="quiet" aria-label={label} title={label} className={`${styles['icon']} ${className}`} {...rest} />;
}
