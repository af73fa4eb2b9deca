// Answers a line for each day from the first to the last argument, both included, by the package chinese-days:
// the day, whether people work on it, and the Chinese name of the holiday that it belongs to or makes up for, else "-".
// The package takes the day of the week by the clock of the machine: run it with TZ=Asia/Shanghai.
import days from 'chinese-days'
const [first, last] = process.argv.slice(2)
const lines = []
for (let day = new Date(`${first}T00:00Z`); day <= new Date(`${last}T00:00Z`); day.setUTCDate(day.getUTCDate() + 1)) {
  const text = day.toISOString().slice(0, 10)
  const { work, name } = days.getDayDetail(text)
  lines.push(`${text} ${work ? 'work' : 'free'} ${name.split(',')[1] ?? '-'}`)
}
console.log(lines.join('\n'))
