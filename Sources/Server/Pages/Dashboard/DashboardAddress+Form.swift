import Web

extension DashboardAddress {
    /// The state that a form above the numbers asks for: dates, a zone, a comparison, or a filter; nil for another form.
    func answering(_ form: PageForm) -> DashboardAddress? {
        switch form["action"] {
        case "dates": return showing(from: form["from"], to: form["to"])
        case "compare": return comparing(from: form["from"], to: form["to"])
        case "zone": return showing(zone: form["zone"])
        case "filter":
            let values = form.values["values"].map { $0.split(separator: "\n").map(String.init) } ?? []
            return adding(DashboardFilter(form["field"], form["sign"], values))
        default: return nil
        }
    }
}
