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

/** Where Chromium fetches dictionaries from, on systems that have none of their own. */
const dictionaryHosts = ['redirector.gvt1.com', '*.gvt1.com'] as const;
const dictionaryAddress = /^https?:\/\/([\w-]+\.)+gvt1\.com\/edgedl\/chrome\/dict\//;

/**
 * Sandboxes every renderer and silences Chromium's services; must be called before the app is ready.
 * @param dictionaries whether somebody asked for spell check, whose dictionary may be fetched then
 */
export function lockDownApp(app: App, dictionaries = false): void {
  // Chromium has no sandbox for root; whoever starts it so has said so, and each window still asks for one.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  for (const name of switchesOff) app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch('disable-features', featuresOff);
  // Whatever still asks for a host name gets none.
  const exceptions = dictionaries ? dictionaryHosts.map((host) => `, EXCLUDE ${host}`) : [];
  app.commandLine.appendSwitch('host-resolver-rules', ['MAP * ~NOTFOUND', ...exceptions].join(''));
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
}

/**
 * No permission but writing to the clipboard, no request but to the app's own files, and no download.
 * @param spellCheckLanguage in which spelling is checked; undefined: it isn't, and no dictionary is fetched
 */
export function lockDownSession(session: Session, spellCheckLanguage?: string): void {
  const allowed = (permission: string) => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  session.setDevicePermissionHandler(() => false);
  // Without a language, Chromium has no dictionary to ask for: it would, even where spelling isn't checked.
  session.setSpellCheckerLanguages(spellCheckLanguage === undefined ? [] : [spellCheckLanguage]);
  session.setSpellCheckerEnabled(spellCheckLanguage !== undefined);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const { url } = details;
    const ours = url.startsWith(`${appOrigin}/`) || /^(devtools:\/\/|data:)/.test(url);
    answer({ cancel: !ours && !(spellCheckLanguage !== undefined && dictionaryAddress.test(url)) });
  });
}

function lockDownContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
