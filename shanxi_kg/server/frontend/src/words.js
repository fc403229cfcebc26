/** The words of the workbench and the views, in English and Chinese. What the graph says has its labels in the graph. */

const WORDS = {
  table: ["Table", "表格"],
  bar: ["Bars", "柱状图"],
  line: ["Line", "折线图"],
  map: ["Map", "地图"],
  graph: ["Graph", "关系图"],
  examples: ["Questions to start from", "示例问题"],
  pick: ["Choose a question", "选择问题"],
  ask: ["Ask", "查询"],
  any: ["any", "不限"],
  required: ["required", "必填"],
  iris: ["Show IRIs", "显示 IRI"],
  columns: ["All columns", "显示所有列"],
  rows: ["{} rows", "{} 行"],
  shown: ["the first {} are shown; the download has all", "仅显示前 {} 行；下载包含全部"],
  unit: ["Unit", "单位"],
  count: ["a count", "个数"],
  mapOf: ["Map", "地图"],
  cities: ["Shanxi by city", "山西各市"],
  provinces: ["China by province", "全国各省"],
  schematic: [
    "Schematic: the shapes show which area is meant, and are no reference for boundaries.",
    "示意图：图形仅用于指示区域，不作为界线依据。",
  ],
  measure: ["Measure", "指标"],
  rowsHere: ["rows", "行数"],
  noPeriod: ["{} values without a time are not drawn", "{} 个无时间的值未绘出"],
  limited: ["the first {} bars are drawn", "仅绘出前 {} 项"],
  differ: ["values differ", "数值不一致"],
  nodesEdges: ["{} things, {} links", "{} 个事物，{} 个联系"],
  larger: ["Zoom in", "放大"],
  smaller: ["Zoom out", "缩小"],
  whole: ["Show the whole graph", "显示全图"],
  asList: ["The links as a list", "联系列表"],
  tooMany: ["the first {} links are drawn", "仅绘出前 {} 个联系"],
  nothing: ["The query has no answer.", "查询没有结果。"],
  noView: ["“{}” has nothing to draw in this answer; it is shown as “{}”.", "此结果无法显示为“{}”，改以“{}”显示。"],
  share: ["Link to this query", "复制此查询的链接"],
  download: ["Download", "下载"],
  editor: ["SPARQL query", "SPARQL 查询"],
  run: ["Run the query (Ctrl+Enter)", "执行查询 (Ctrl+Enter)"],
  sort: ["Sort by {}", "按 {} 排序"],
  results: ["Results", "结果"],
  response: ["Response", "原始结果"],
  query: ["Query", "查询"],
  newQuery: ["New query", "新建查询"],
  answered: ["{} rows in {} s", "{} 行，{} 秒"],
};

/** What kinds of things are called, by their place in minted IRIs; others keep that name. */
const KINDS = {
  agreement: "协议",
  code: "代码",
  document: "文档",
  fact: "事实",
  group: "群体",
  organization: "机构",
  person: "人物",
  place: "地点",
  platform: "平台",
  policy: "政策",
  regulation: "法规",
};

/** Return the name of a kind of things in a language. @param {string} kind @param {string} language */
export function kindIn(kind, language) {
  return (language.startsWith("zh") && KINDS[kind]) || kind;
}

/** Return the words of a language ("en" or "zh") as a function: a key and what fills the braces, in order, go in. */
export function wordsIn(/** @type {string} */ language) {
  const index = language.startsWith("zh") ? 1 : 0;
  return (/** @type {keyof WORDS} */ key, ...values) =>
    values.reduce((text, value) => text.replace("{}", String(value)), WORDS[key][index]);
}
