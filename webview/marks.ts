/** Line art for verdicts and for what a person can do, in a square of 16. */
export const marks = {
  good: 'M3 8.5 6.5 12 13 4.5',
  bad: 'M8 1.8A6.2 6.2 0 1 1 8 14.2 6.2 6.2 0 1 1 8 1.8M3.7 3.7 12.3 12.3',
  warn: 'M8 2 14.5 13.5H1.5ZM8 6.5V9.5M8 11.5V11.6',
  help: 'M5.2 5.6A2.8 2.8 0 1 1 9.2 8.2Q8 8.8 8 10.2M8 12.9V13',
  cross: 'M4 4 12 12M12 4 4 12',
  plus: 'M8 3V13M3 8H13',
  edit: 'M3 13 3.6 10.4 10.8 3.2 12.8 5.2 5.6 12.4ZM9.4 4.6 11.4 6.6',
  whatIf: 'M8 1.8A6.2 6.2 0 1 1 8 14.2 6.2 6.2 0 1 1 8 1.8M6.2 6.4A1.8 1.8 0 1 1 8.6 8.1Q8 8.4 8 9.2M8 11.3V11.4',
  copy: 'M5.5 5.5V2.5H13.5V10.5H10.5M2.5 5.5H10.5V13.5H2.5Z',
};

/** How good a verdict is. */
export type Tone = 'good' | 'bad' | 'warn';
