// Reads an identity number a line and answers a line each, by the package id-validator with its table of GB/T 2260:
// the date of birth where the number is valid, else "-".
import { readFileSync } from 'node:fs'
import GB2260 from 'id-validator/src/GB2260.js'
import Validator from 'id-validator'

const validator = new Validator(GB2260)
const numbers = readFileSync(0, 'utf8').split('\n').slice(0, -1)
console.log(numbers.map((number) => (validator.isValid(number) ? validator.getInfo(number).birth : '-')).join('\n'))
