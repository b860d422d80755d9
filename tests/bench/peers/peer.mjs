// One peer over the workload: answers and times as one line of JSON on standard output.
//
//   node peer.mjs cel|logic SPECS.json RULES.json PASSES
//
// All 12 rules are evaluated for every spec, as ours are. Parsing, compiling, converting the specs
// and 20 passes to warm up are not timed.
import {readFileSync} from 'node:fs'

const [engine, specsFile, rulesFile, passes] = process.argv.slice(2)
const specs = JSON.parse(readFileSync(specsFile, 'utf8'))
const workload = JSON.parse(readFileSync(rulesFile, 'utf8'))

// Typed expressions; what never changes is a constant.
async function cel() {
  const {Environment} = await import('@marcbachmann/cel-js')
  const environment = new Environment()
    .registerConstant('S', 'list<string>', workload.storage)
    .registerConstant('C', 'list<string>', workload.compute)
  const lists = ['storage', 'compute', 'new_deps', 'regions', 'sections']
  for (const name of lists) environment.registerVariable(name, 'list<string>')
  for (const name of ['cls', 'blast']) environment.registerVariable(name, 'string')
  for (const name of ['pii', 'reversible']) environment.registerVariable(name, 'bool')
  environment.registerVariable('cost', 'int')
  return {
    facts: specs.map((spec) => ({...spec, cost: BigInt(spec.cost)})),
    conditions: workload.rules.map((rule) => environment.parse(rule.cel))
  }
}

// Conditions compiled to JavaScript; "S" and "C" stand for the lists.
async function logic() {
  const {LogicEngine} = await import('json-logic-engine')
  const engine = new LogicEngine()
  const lists = {S: workload.storage, C: workload.compute}
  const expand = (key, value) => lists[value] ?? value
  const conditions = workload.rules.map((rule) =>
    engine.build(JSON.parse(JSON.stringify(rule.logic), expand)))
  return {facts: specs, conditions}
}

const {facts, conditions} = await {cel, logic}[engine]()
const effects = workload.rules.map((rule) => rule.effect)

function judge(spec) {
  let block = false, sync = false, async = false, auto = false
  for (let i = 0; i < conditions.length; i++) {
    if (!conditions[i](spec)) continue
    switch (effects[i]) {
      case 'block': block = true; break
      case 'sync': sync = true; break
      case 'async': async = true; break
      case 'auto': auto = true; break
    }
  }
  return block ? 'B' : sync ? 'S' : async ? 'Y' : auto ? 'A' : 'D'
}

let answers = ''
function pass() {
  answers = ''
  for (const spec of facts) answers += judge(spec)
}

for (let i = 0; i < 20; i++) pass()
const nanoseconds = []
for (let i = 0; i < Number(passes); i++) {
  const start = process.hrtime.bigint()
  pass()
  nanoseconds.push(Number(process.hrtime.bigint() - start) / facts.length)
}
console.log(JSON.stringify({answers, nanoseconds}))
