// Asks an endpoint with sparql-http-client and prints what came of it as JSON.
import ParsingClient from 'sparql-http-client/ParsingClient.js'
import StreamClient from 'sparql-http-client'

const [endpointUrl, select, ask, construct] = process.argv.slice(2)
const parsing = new ParsingClient({ endpointUrl })
const rows = await parsing.query.select(select, { operation: 'postUrlencoded' })
const again = await parsing.query.select(select, { operation: 'postDirect' })
if (again.length !== rows.length) throw new Error('two ways, two answers')
const boolean = await parsing.query.ask(ask)
let triples = 0
for await (const _ of new StreamClient({ endpointUrl }).query.construct(construct)) triples++
console.log(JSON.stringify({ rows: rows.length, boolean, triples }))
