// package Sources/Server/Reports/Query*.swift Sources/Server/Reports/Plausible/[CFJ]*.swift Sources/Server/Reports/Plausible/Query[DR]*[tls].swift Sources/Server/Reports/Plausible/Stats[FQ]*.swift Sources/Server/Reports/Parameters/*.swift Sources/Server/Reports/Table/[FP]*.swift Sources/Server/Reports/Table/Table[FQ]*.swift Sources/Server/Reports/Table/ReportTable.swift Sources/Server/Hour/HourQuery.swift Sources/Server/Reports/Plausible/Report+JSON.swift Sources/Server/Reports/M*.swift Sources/Server/Reports/ReportComparison.swift Sources/Server/Hour/HeaderNames+Events.swift
import Analytics

/// A query of `POST /api/v2/query`, as a document.
func examine(_ bytes: Span<UInt8>) {
    guard let value = JSONValue(bytes.indices.map { bytes[$0] }), let document = try? QueryDocument(value) else {
        return
    }
    precondition((1...Query.limits.metrics).contains(document.metrics.count))
    precondition(document.dimensions.count <= Query.limits.dimensions)
    precondition(document.filters.flatMap(\.tests).count <= Query.limits.tests)
    precondition((1...Query.limits.rows).contains(document.limit))
    precondition(!document.site.text.isEmpty)
    for test in document.filters.flatMap(\.tests) {
        precondition((1...Query.limits.values).contains(test.values.count))
    }
}
