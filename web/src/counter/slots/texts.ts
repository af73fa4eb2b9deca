import type { Texts } from '../../shared/text'

export default {
  zh: {
    'slots.title': '时段 · {name}',
    'slots.what': '{people} 人 · {day}',
    'slots.keys': '方向键选择，Enter 换到这个时段，+ 另加一张为单独一行',
    'slots.more': '另加一张到 {slot}',
    'slots.now': '本行',
    'slots.any': '不限量',
    'slots.short': '余 {left}，不够',
    'slots.full': '{slot} 放不下本行的 {people} 人（余 {left}）。仍选它，付款时会被拒绝，再由主管批准超售。',
    'slots.full.go': '仍选 {slot}，准备超售',
  },
  en: {
    'slots.title': 'Time slot · {name}',
    'slots.what': 'People: {people} · {day}',
    'slots.keys': 'Arrows choose, Enter moves the line, + adds one more ticket as a line of its own',
    'slots.more': 'One more ticket at {slot}',
    'slots.now': 'this line',
    'slots.any': 'no limit',
    'slots.short': '{left} left, too few',
    'slots.full': '{slot} has no room for this line (people: {people}, left: {left}). If you choose it, the sale is refused and a supervisor may approve overbooking.',
    'slots.full.go': 'Choose {slot} and overbook',
  },
} satisfies Texts
