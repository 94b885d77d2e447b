//! Networks as XML: GEXF and `GraphML`.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::graph::{EDGE_ATTRIBUTES, Graph, Kind, NODE_ATTRIBUTES};

/// Writes GEXF 1.3 (<https://gexf.net>).
pub(super) fn gexf(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [("xmlns", "http://gexf.net/1.3"), ("version", "1.3")];
    xml.create_element("gexf").with_attributes(root).write_inner_content(|xml| {
        let graph_attributes = [("mode", "static"), ("defaultedgetype", "directed")];
        xml.create_element("graph").with_attributes(graph_attributes).write_inner_content(
            |xml| {
                gexf_attributes(xml, "node", &NODE_ATTRIBUTES)?;
                gexf_attributes(xml, "edge", &EDGE_ATTRIBUTES)?;
                xml.create_element("nodes").write_inner_content(|xml| {
                    graph.nodes.iter().try_for_each(|node| {
                        let (id, label) = (clean(&node.id), clean(&node.label));
                        xml.create_element("node")
                            .with_attributes([("id", &*id), ("label", &*label)])
                            .write_inner_content(|xml| {
                                gexf_values(xml, &NODE_ATTRIBUTES, &node.attributes)
                            })
                            .map(drop)
                    })
                })?;
                xml.create_element("edges").write_inner_content(|xml| {
                    graph.edges.iter().enumerate().try_for_each(|(number, edge)| {
                        let (source, target) = (clean(&edge.ends.0), clean(&edge.ends.1));
                        let (number, weight) = (number.to_string(), edge.words.to_string());
                        let direction = if edge.is_directed { "directed" } else { "undirected" };
                        xml.create_element("edge")
                            .with_attributes([
                                ("id", &*number),
                                ("source", &*source),
                                ("target", &*target),
                                ("type", direction),
                                ("weight", &*weight),
                            ])
                            .write_inner_content(|xml| {
                                gexf_values(xml, &EDGE_ATTRIBUTES, &edge.attributes)
                            })
                            .map(drop)
                    })
                })?;
                Ok(())
            },
        )?;
        Ok(())
    })?;
    writeln!(xml.get_mut())
}

fn gexf_attributes<W: Write>(
    xml: &mut Writer<W>,
    class: &str,
    attributes: &[(&str, Kind)],
) -> io::Result<()> {
    xml.create_element("attributes").with_attribute(("class", class)).write_inner_content(
        |xml| {
            attributes.iter().try_for_each(|&(name, kind)| {
                let kind = match kind {
                    Kind::Text => "string",
                    Kind::Count => "integer",
                    Kind::Real => "double",
                    Kind::Flag => "boolean",
                };
                xml.create_element("attribute")
                    .with_attributes([("id", name), ("title", name), ("type", kind)])
                    .write_empty()
                    .map(drop)
            })
        },
    )?;
    Ok(())
}

fn gexf_values<W: Write>(
    xml: &mut Writer<W>,
    attributes: &[(&str, Kind)],
    values: &[Option<String>],
) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        let known = attributes.iter().zip(values).filter_map(|(a, v)| Some((a.0, v.as_ref()?)));
        known.into_iter().try_for_each(|(name, value)| {
            let value = clean(value);
            xml.create_element("attvalue")
                .with_attributes([("for", name), ("value", &*value)])
                .write_empty()
                .map(drop)
        })
    })?;
    Ok(())
}

/// Writes `GraphML` (<http://graphml.graphdrawing.org>).
pub(super) fn graphml(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = ("xmlns", "http://graphml.graphdrawing.org/xmlns");
    xml.create_element("graphml").with_attribute(root).write_inner_content(|xml| {
        graphml_key(xml, "node", "label", Kind::Text)?;
        for (of, attributes) in [("node", &NODE_ATTRIBUTES[..]), ("edge", &EDGE_ATTRIBUTES[..])] {
            for &(name, kind) in attributes {
                graphml_key(xml, of, name, kind)?;
            }
        }
        let directed = ("edgedefault", "directed");
        xml.create_element("graph").with_attribute(directed).write_inner_content(|xml| {
            for node in &graph.nodes {
                let id = clean(&node.id);
                xml.create_element("node").with_attribute(("id", &*id)).write_inner_content(
                    |xml| {
                        data(xml, "node", "label", &node.label)?;
                        graphml_values(xml, "node", &NODE_ATTRIBUTES, &node.attributes)
                    },
                )?;
            }
            for edge in &graph.edges {
                let (source, target) = (clean(&edge.ends.0), clean(&edge.ends.1));
                let is_directed = if edge.is_directed { "true" } else { "false" };
                xml.create_element("edge")
                    .with_attributes([
                        ("source", &*source),
                        ("target", &*target),
                        ("directed", is_directed),
                    ])
                    .write_inner_content(|xml| {
                        graphml_values(xml, "edge", &EDGE_ATTRIBUTES, &edge.attributes)
                    })?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    writeln!(xml.get_mut())
}

fn graphml_key<W: Write>(xml: &mut Writer<W>, of: &str, name: &str, kind: Kind) -> io::Result<()> {
    let kind = match kind {
        Kind::Text => "string",
        Kind::Count => "int",
        Kind::Real => "double",
        Kind::Flag => "boolean",
    };
    let id = format!("{of}-{name}");
    xml.create_element("key")
        .with_attributes([("id", &*id), ("for", of), ("attr.name", name), ("attr.type", kind)])
        .write_empty()?;
    Ok(())
}

fn graphml_values<W: Write>(
    xml: &mut Writer<W>,
    of: &str,
    attributes: &[(&str, Kind)],
    values: &[Option<String>],
) -> io::Result<()> {
    let known = attributes.iter().zip(values).filter_map(|(a, v)| Some((a.0, v.as_ref()?)));
    known.into_iter().try_for_each(|(name, value)| data(xml, of, name, value))
}

fn data<W: Write>(xml: &mut Writer<W>, of: &str, name: &str, value: &str) -> io::Result<()> {
    let key = format!("{of}-{name}");
    xml.create_element("data")
        .with_attribute(("key", &*key))
        .write_text_content(BytesText::new(&clean(value)))?;
    Ok(())
}

/// Text without the characters that XML 1.0 has no way to write, not even escaped.
fn clean(text: &str) -> String {
    let may_stand = |char: char| match char {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => char >= ' ',
    };
    text.chars().map(|char| if may_stand(char) { char } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::super::graph::{Edge, Node};
    use super::*;

    fn hostile() -> Graph {
        let name = "</node> <b a=\"'\"> & ]]> \u{0}\u{1b} 事件 🚢".to_owned();
        let node = |id: &str| Node {
            id: format!("{id}{name}"),
            label: name.clone(),
            attributes: vec![Some(name.clone()); NODE_ATTRIBUTES.len()],
        };
        let edge = Edge {
            ends: (format!("a{name}"), format!("b{name}")),
            is_directed: true,
            words: 7,
            attributes: vec![None; EDGE_ATTRIBUTES.len()],
        };
        Graph { nodes: vec![node("a"), node("b")], edges: vec![edge] }
    }

    /// The attribute `key` of every element of a name.
    fn attributes(xml: &str, element: &str, key: &str) -> Vec<String> {
        let mut reader = Reader::from_str(xml);
        let mut found = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => return found,
                Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                    let attribute = tag.try_get_attribute(key).unwrap().unwrap();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap();
                    found.push(value.into_owned());
                }
                _ => {}
            }
        }
    }

    #[test]
    fn whatever_a_name_holds_is_read_again() {
        let graph = hostile();
        let ids: Vec<String> = graph.nodes.iter().map(|node| clean(&node.id)).collect();
        let (mut as_gexf, mut as_graphml) = (Vec::new(), Vec::new());
        gexf(&graph, &mut as_gexf).unwrap();
        graphml(&graph, &mut as_graphml).unwrap();
        for xml in [as_gexf, as_graphml] {
            let xml = String::from_utf8(xml).unwrap();
            assert_eq!(attributes(&xml, "node", "id"), ids);
            assert_eq!(attributes(&xml, "edge", "source"), ids[..1]);
            assert_eq!(attributes(&xml, "edge", "target"), ids[1..]);
        }
    }
}
