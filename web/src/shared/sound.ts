let context: AudioContext | null = null
const muteKey = 'shanmen.mute'
export const isMuted = () => localStorage.getItem(muteKey) === 'yes'
export const setMuted = (mute: boolean) => localStorage.setItem(muteKey, mute ? 'yes' : 'no')

/* Frequency in hertz, start and length in seconds: good rises, bad falls and buzzes, so that ears tell them apart. */
const tunes = {
  ok: { shape: 'sine', notes: [[880, 0, .09], [1320, .1, .14]] },
  bad: { shape: 'square', notes: [[220, 0, .18], [160, .22, .3]] },
} as const

export function play(tune: keyof typeof tunes): void {
  if (isMuted()) return
  try {
    context ??= new AudioContext()
    void context.resume()
    for (const [hertz, from, length] of tunes[tune].notes) {
      const tone = new OscillatorNode(context, { type: tunes[tune].shape, frequency: hertz })
      const volume = new GainNode(context, { gain: tunes[tune].shape === 'square' ? .12 : .3 })
      tone.connect(volume).connect(context.destination)
      tone.start(context.currentTime + from)
      tone.stop(context.currentTime + from + length)
    }
  } catch {
    // A browser without sound shows the same by word, sign and colour.
  }
}
