/** Keeps the keyboard in a row when the field or question that had it goes away. */
export interface PassedFocus {
  /** What has the keyboard is about to go away. */
  readonly pass: () => void;
  /** An attachment of what comes in its place, and has the keyboard then. */
  readonly take: (element: HTMLElement) => void;
}

export function passedFocus(): PassedFocus {
  let passed = false;
  return {
    pass: () => {
      passed = true;
    },
    take: (element) => {
      if (passed) element.focus();
      passed = false;
    },
  };
}
