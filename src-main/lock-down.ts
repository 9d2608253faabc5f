import type { App, Session, WebContents } from 'electron';
import { appOrigin } from './scheme.ts';

/** Chromium's own background services: the app has nothing for them to do, and nothing may leave the machine. */
const switchesOff = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-sync',
  'no-pings',
  'dns-prefetch-disable',
] as const;
const featuresOff =
  'MediaRouter,OptimizationHints,AutofillServerCommunication,CertificateTransparencyComponentUpdater';

/** Sandboxes every renderer and silences Chromium's services; must be called before the app is ready. */
export function lockDownApp(app: App): void {
  // Chromium has no sandbox for root; whoever starts it so has said so, and each window still asks for one.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  for (const name of switchesOff) app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch('disable-features', featuresOff);
  // Whatever still asks for a host name gets none.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
}

/** No permission but writing to the clipboard, no request but to the app's own files, and no download. */
export function lockDownSession(session: Session): void {
  const allowed = (permission: string) => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const ours = details.url.startsWith(`${appOrigin}/`) || details.url.startsWith('devtools://');
    answer({ cancel: !ours && !details.url.startsWith('data:') });
  });
}

function lockDownContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
