import HTTP

extension RegistryFlags {
    /// Prints what was done, as a sentence or as a line of JSON.
    ///
    /// - Parameters:
    ///   - members: The members of the object.
    ///   - sentence: The sentence.
    func confirm(_ members: JSON.Members, _ sentence: () -> String) {
        print(json ? JSON.object(members).description : sentence())
    }

    /// Prints a list, as a table or as JSON with one object a line.
    ///
    /// - Parameters:
    ///   - list: The elements.
    ///   - object: The object of an element.
    ///   - columns: The names of the columns.
    ///   - cells: The texts of an element in the columns.
    func show<Element>(
        _ list: [Element],
        json object: (Element) -> JSON,
        _ columns: [String],
        cells: (Element) -> [String]
    ) {
        guard !json else {
            for element in list { print(object(element).description) }
            return
        }
        var table = TextTable(columns)
        for element in list { table.add(cells(element)) }
        print(table.text)
    }
}
