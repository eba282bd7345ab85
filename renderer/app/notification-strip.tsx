/**
 * The strip under the steps that says what was done outside a screen.
 */
import { Button, CopyButton, CrossIcon, IconButton, Notice, ProgressBar } from '../ui';
import { notify, useNotification } from './notifications';

export function NotificationStrip() {
  const notification = useNotification();
  if (!notification) return null;
  const { running, action } = notification;
  if (running) return <ProgressBar title={notification.title} {...running} />;
  return (
    <Notice
      strip
      tone={notification.tone}
      title={notification.title}
      actions={
        <>
          {action ? <Button kind="quiet" onClick={() => { notify(undefined); action.run(); }}>{action.label}</Button> : null}
          <CopyButton text={[notification.title, notification.text].filter(Boolean).join('\n')} />
          <IconButton label="Dismiss" icon={CrossIcon} onClick={() => notify(undefined)} />
        </>
      }
    >
      {notification.text}
    </Notice>
  );
}
