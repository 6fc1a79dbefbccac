import Web

extension DashboardAddress {
    /// The state that a form above the numbers asks for: dates, or another filter; nil for another form.
    func answering(_ form: PageForm) -> DashboardAddress? {
        switch form["action"] {
        case "dates": return showing(from: form["from"], to: form["to"])
        case "filter":
            let values = form.values["values"].map { $0.split(separator: "\n").map(String.init) } ?? []
            return adding(DashboardFilter(form["field"], form["sign"], values))
        default: return nil
        }
    }
}
