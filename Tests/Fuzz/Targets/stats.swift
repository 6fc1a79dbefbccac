// package Sources/Server/Reports/Query*.swift Sources/Server/Reports/Plausible/[CFJ]*.swift Sources/Server/Reports/Plausible/Query[DR]*[tls].swift Sources/Server/Reports/Plausible/Stats[FQ]*.swift Sources/Server/Reports/Parameters/*.swift Sources/Server/Reports/Table/[FP]*.swift Sources/Server/Reports/Table/Table[FQ]*.swift Sources/Server/Reports/Table/ReportTable.swift Sources/Server/Hour/HourQuery.swift Sources/Server/Reports/Plausible/Report+JSON.swift Sources/Server/Reports/M*.swift Sources/Server/Reports/ReportComparison.swift Sources/Server/Hour/HeaderNames+Events.swift
import Analytics

/// The query string of `GET /api/v1/stats`, and filters of the routes below it.
func examine(_ bytes: Span<UInt8>) {
    let text = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    if let table = try? TableQuery(text) {
        precondition(!table.metrics.isEmpty && table.dimensions.count <= Query.limits.dimensions)
        precondition(table.filters.count <= Query.limits.tests)
        precondition((1...Query.limits.rows).contains(table.limit))
    }
    if let filters = try? StatsFilters(text).filters {
        precondition(filters.flatMap(\.tests).allSatisfy { !$0.values.isEmpty })
    }
    let parameters = ["site_id": "shop", "period": "custom", "date": text, "metrics": text, "filters": text]
    if let stats = try? StatsQuery(parameters) { precondition(!stats.metrics.isEmpty) }
}
