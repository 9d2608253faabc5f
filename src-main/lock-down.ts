import type { App, Session, WebContents } from 'electron';
import { appOrigin } from './scheme.ts';

/** Turn off Chromium's background services: no data may leave the machine. */
const lockDownSwitches = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-sync',
  'no-pings',
  'dns-prefetch-disable',
] as const;
const disabledFeatures =
  'MediaRouter,OptimizationHints,AutofillServerCommunication,CertificateTransparencyComponentUpdater';

/** Hosts of Chromium's spell-check dictionaries; macOS brings its own. */
const dictionaryHosts = ['redirector.gvt1.com', '*.gvt1.com'] as const;
const dictionaryUrl = /^https?:\/\/([\w-]+\.)+gvt1\.com\/edgedl\/chrome\/dict\//;

/**
 * Sandboxes every renderer and disables Chromium's network services. Must be called before the app is ready.
 * @param dictionaries whether spell-check dictionaries may be downloaded
 */
export function lockDownApp(app: App, dictionaries = false): void {
  // Chromium can't sandbox when run as root, which takes an explicit --no-sandbox. Windows request one even then.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  for (const name of lockDownSwitches) app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch('disable-features', disabledFeatures);
  // No other host name resolves.
  const exclusions = dictionaries ? dictionaryHosts.map((host) => `, EXCLUDE ${host}`) : [];
  app.commandLine.appendSwitch('host-resolver-rules', ['MAP * ~NOTFOUND', ...exclusions].join(''));
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
}

/**
 * Denies every permission except writing to the clipboard, every request except for the app's own files, and every
 * download.
 * @param spellCheckLanguage language of the dictionary, which may be downloaded; undefined turns spell check off
 */
export function lockDownSession(session: Session, spellCheckLanguage?: string): void {
  const allowed = (permission: string) => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  session.setDevicePermissionHandler(() => false);
  // Chromium downloads the dictionaries of its languages even while spell check is disabled.
  session.setSpellCheckerLanguages(spellCheckLanguage === undefined ? [] : [spellCheckLanguage]);
  session.setSpellCheckerEnabled(spellCheckLanguage !== undefined);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const { url } = details;
    const isOwn = url.startsWith(`${appOrigin}/`) || /^(devtools:\/\/|data:)/.test(url);
    answer({ cancel: !isOwn && !(spellCheckLanguage !== undefined && dictionaryUrl.test(url)) });
  });
}

function lockDownContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // WebRTC bypasses the session's request filter and the content security policy. Without UDP it has only TCP, which
  // the resolver's rules block.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
