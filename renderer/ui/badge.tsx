/**
 * A word with its sign and colour. The colour never stands alone: the icon and the word carry the same meaning.
 */
import { classes } from './classes';
import {
  AlignmentIcon, ClearedIcon, DotIcon, type Icon, InfoIcon, LockIcon, PhysicalIcon, TimingIcon, UnexplainedIcon, WarningIcon,
} from './icons';
import styles from './badge.module.css';

/** The five meanings that have a colour, and three that stay neutral. */
export type Tone = 'timing' | 'alignment' | 'physical' | 'unexplained' | 'cleared' | 'neutral' | 'strong' | 'warning';

export const TONE_ICON: Readonly<Record<Tone, Icon>> = {
  timing: TimingIcon, alignment: AlignmentIcon, physical: PhysicalIcon, unexplained: UnexplainedIcon, cleared: ClearedIcon,
  neutral: DotIcon, strong: LockIcon, warning: WarningIcon,
};

export interface BadgeProps {
  readonly tone: Tone;
  readonly children: string;
  /** Another sign than the tone's own. */
  readonly icon?: Icon;
  /** Without a ground: inside tables and cells. */
  readonly plain?: boolean;
  readonly title?: string;
}

export function Badge({ tone, children, icon, plain = false, title }: BadgeProps) {
  const Picture = icon ?? TONE_ICON[tone] ?? InfoIcon;
  return (
    <span className={classes(styles['badge'], styles[tone], plain && styles['plain'])} title={title}>
      <Picture size={13} />
      <span>{children}</span>
    </span>
  );
}
