// Asks an endpoint with fetch-sparql-endpoint, the client of Comunica, and prints what came of it as JSON.
import { SparqlEndpointFetcher } from 'fetch-sparql-endpoint'

const [endpoint, select, ask, construct] = process.argv.slice(2)
const fetcher = new SparqlEndpointFetcher()
let rows = 0
for await (const _ of await fetcher.fetchBindings(endpoint, select)) rows++
const boolean = await fetcher.fetchAsk(endpoint, ask)
let triples = 0
for await (const _ of await fetcher.fetchTriples(endpoint, construct)) triples++
console.log(JSON.stringify({ rows, boolean, triples }))
