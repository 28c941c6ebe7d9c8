import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './controls.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `danger` does what cannot be taken back, or not easily. */
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps): ReactNode {
  const looks = { plain: '', primary: styles['primary'], quiet: styles['quiet'], danger: styles['dangerous'] };
  return <button type={type} className={`${styles['button']} ${looks[look] ?? ''} ${className}`} {...rest} />;
}

interface IconButtonProps extends ButtonProps {
  /** Read out, and shown as the tooltip. */
  readonly label: string;
}

export function IconButton({ label, className = '', ...rest }: IconButtonProps): ReactNode {
  return <Button look="quiet" aria-label={label} title={label} className={`${styles['icon']} ${className}`} {...rest} />;
}
