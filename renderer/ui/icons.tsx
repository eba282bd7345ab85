/**
 * Every picture sign of the window, drawn on a grid of sixteen with one stroke weight.
 *
 * An icon is decoration beside its word and hidden from screen readers; whoever shows one alone gives the control a name.
 */
import type { ReactNode } from 'react';

export interface IconProps {
  /** Edge length in pixels. */
  readonly size?: number;
  readonly className?: string | undefined;
}

export type Icon = (props: IconProps) => ReactNode;

const drawn = (children: ReactNode): Icon => {
  return function DrawnIcon({ size = 16, className }: IconProps) {
    return (
      <svg
        className={className}
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {children}
      </svg>
    );
  };
};

/** Two strokes of unlike length tied level by one upright knot: two numbers made equal. */
export const MarkIcon = drawn(
  <g strokeWidth={2}>
    <path d="M1.5 5.5h13M4.5 10.5h10" />
    <path d="M9 3v10" />
  </g>,
);

export const TimingIcon = drawn(<><circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.5 1.5" /></>);
export const AlignmentIcon = drawn(
  <><path d="M6.5 9.5a2.5 2.5 0 0 0 3.6.1l2.2-2.2a2.5 2.5 0 0 0-3.6-3.6l-.8.8" /><path d="M9.5 6.5a2.5 2.5 0 0 0-3.6-.1L3.7 8.6a2.5 2.5 0 0 0 3.6 3.6l.8-.8" /></>,
);
export const PhysicalIcon = drawn(<><path d="M8 1.8 13.5 4.6v6.8L8 14.2l-5.5-2.8V4.6Z" /><path d="M2.7 4.8 8 7.5l5.3-2.7M8 7.5v6.5" /></>);
export const UnexplainedIcon = drawn(
  <><circle cx="8" cy="8" r="6" /><path d="M6.2 6.3a1.9 1.9 0 1 1 2.6 1.9c-.6.2-.8.6-.8 1.1" /><path d="M8 11.4v.1" /></>,
);
export const ClearedIcon = drawn(<><circle cx="8" cy="8" r="6" /><path d="m5.3 8.2 1.9 1.9 3.5-3.9" /></>);

export const CheckIcon = drawn(<path d="m3.5 8.5 3 3 6-7" />);
export const CrossIcon = drawn(<path d="m4 4 8 8M12 4l-8 8" />);
export const PlusIcon = drawn(<path d="M8 3v10M3 8h10" />);
export const MinusIcon = drawn(<path d="M3 8h10" />);
export const SearchIcon = drawn(<><circle cx="7" cy="7" r="4.25" /><path d="m10.2 10.2 3.3 3.3" /></>);
export const ChevronDownIcon = drawn(<path d="m4 6 4 4 4-4" />);
export const ChevronLeftIcon = drawn(<path d="m10 4-4 4 4 4" />);
export const ArrowRightIcon = drawn(<path d="M3 8h10M9.5 4 13 8l-3.5 4" />);
export const LockIcon = drawn(<><rect x="3" y="7" width="10" height="6.5" rx="1" /><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" /></>);
export const UnlockIcon = drawn(<><rect x="3" y="7" width="10" height="6.5" rx="1" /><path d="M5.2 7V5a2.8 2.8 0 0 1 5.4-1" /></>);
export const FileIcon = drawn(<><path d="M4 1.8h5l3.2 3.2v9.2H4Z" /><path d="M9 1.8V5h3.2" /></>);
export const SheetIcon = drawn(<><rect x="2.5" y="2.5" width="11" height="11" rx="1" /><path d="M2.5 6h11M2.5 9.7h11M6.5 2.5v11" /></>);
export const PictureIcon = drawn(<><rect x="2" y="3" width="12" height="10" rx="1" /><circle cx="5.6" cy="6.4" r="1.1" /><path d="m3 12 3.4-3.2 2 1.8 2.6-2.8 2.4 2.4" /></>);
export const MailIcon = drawn(<><rect x="2" y="3.5" width="12" height="9" rx="1" /><path d="m2.4 4.4 5.6 4.4 5.6-4.4" /></>);
export const PaperclipIcon = drawn(<path d="m12.6 7.4-4.9 4.9a3 3 0 0 1-4.2-4.2l5.2-5.2a2 2 0 0 1 2.8 2.8l-5.1 5.1a.9.9 0 0 1-1.3-1.3l4.4-4.4" />);
export const FolderIcon = drawn(<path d="M1.8 4.2V13h12.4V5.2H7.8L6.2 3.4H1.8Z" />);
export const ImportIcon = drawn(<><path d="M8 2v7.5M5 6.8 8 9.8l3-3" /><path d="M2.5 10v3.5h11V10" /></>);
export const ExportIcon = drawn(<><path d="M8 10V2.5M5 5l3-3 3 3" /><path d="M2.5 10v3.5h11V10" /></>);
export const PersonIcon = drawn(<><circle cx="8" cy="5.2" r="2.7" /><path d="M2.8 14c.5-3 2.5-4.5 5.2-4.5s4.7 1.5 5.2 4.5" /></>);
export const PeopleIcon = drawn(
  <><circle cx="6" cy="5.4" r="2.4" /><path d="M1.5 13.4c.4-2.6 2.1-4 4.5-4s4.1 1.4 4.5 4" /><path d="M10.6 3.2a2.4 2.4 0 0 1 0 4.4M12 9.8c1.4.6 2.2 1.8 2.5 3.6" /></>,
);
export const CommandIcon = drawn(<><rect x="2" y="3" width="12" height="10" rx="1.5" /><path d="m4.8 6.3 2 1.9-2 1.9M8.4 10.1h2.8" /></>);
export const EditLinesIcon = drawn(<><path d="M2 4h8M2 7.5h5M2 11h3" /><path d="m7 13.5.6-2.6 5-5 2 2-5 5Z" /></>);
export const CopyIcon = drawn(<><rect x="5.5" y="5.5" width="8" height="8" rx="1" /><path d="M10.5 5.5v-3h-8v8h3" /></>);
export const ResetIcon = drawn(<><path d="M13.4 6.3A5.8 5.8 0 1 0 13.7 9" /><path d="M13.8 3.2v3.2h-3.2" /></>);
export const RedoIcon = drawn(<><path d="M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10" /><path d="m10.2 3.5 3 3-3 3" /></>);
export const PlayIcon = drawn(<path d="M5 3.2v9.6l7.5-4.8Z" />);
export const WarningIcon = drawn(<><path d="M8 2.2 14.5 13.5h-13Z" /><path d="M8 6.5v3.2M8 11.6v.1" /></>);
export const InfoIcon = drawn(<><circle cx="8" cy="8" r="6" /><path d="M8 7.4v3.6M8 5v.1" /></>);
export const HistoryIcon = drawn(<><path d="M2.6 6.3A5.8 5.8 0 1 1 2.3 9" /><path d="M2.2 3.2v3.2h3.2M8 5v3.2l2.2 1.3" /></>);
export const SignatureIcon = drawn(<><path d="M2 11c2-5 4-8 5-7s-2.5 6.5-1 7 2.2-3 3.3-2.8S10 10.5 11 10.5s1.5-.6 3-1" /><path d="M2 13.8h12" /></>);
export const SealIcon = drawn(<><circle cx="8" cy="6.2" r="4" /><path d="M5.8 9.6 5 14.2l3-1.7 3 1.7-.8-4.6M6.4 6.3l1.2 1.2 2-2.2" /></>);
export const KeyIcon = drawn(<><circle cx="5" cy="8" r="2.8" /><path d="M7.8 8H14v2.5M11.5 8v2" /></>);
export const PaneIcon = drawn(<><rect x="2" y="3" width="12" height="10" rx="1" /><path d="M10 3v10" /></>);
export const FlagIcon = drawn(<path d="M3.5 14V2.5h8.5l-2 3 2 3H3.5" />);
export const DotIcon = drawn(<circle cx="8" cy="8" r="2.5" fill="currentColor" stroke="none" />);
