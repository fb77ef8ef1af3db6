// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

enum class TokenKind : std::uint8_t
{
    Name, ///< also every keyword: words mean something only where the grammar asks for them
    Integer,
    Duration,
    Size,
    Signal,
    Text,
    Symbol, ///< one of the operators and brackets: `( ) [ ] { } : , . .. = == != < <= > >= + - * / % <- += -= *=`
    NewLine, ///< the end of a statement; inside brackets a line end is Space
    Space, ///< blanks, blank lines, indentation and line ends that mean nothing
    Comment, ///< from `#` up to the end of the line
    Indent, ///< empty: a block opens
    Dedent, ///< empty: a block closes
    Unknown, ///< characters that no token begins with (a tab among them)
    End, ///< empty: the end of the text
};

/// A piece of the text. All tokens of a tree, joined, are the text again, byte for byte.
struct Token
{
    TokenKind kind = TokenKind::End;
    std::uint32_t offset = 0; ///< bytes from the start of the text
    std::uint32_t length = 0; ///< bytes
    std::uint32_t line = 1; ///< from 1
    std::uint32_t column = 1; ///< from 1, in characters
};

/// What a node of the tree is; each is one alternative of the grammar and, later, one block.
///
/// After the dash: the fields (see Field) of its children, `*` any number, `?` optional.
enum class Rule : std::uint8_t
{
    File, // - Item*
    Version, // heddle 1                 - Value
    ProgramTitle, // program "T"         - Text
    Constant, // const N = e             - Name Value
    Option, // option o v                - Name Value*
    SharedStore, // [atomic] shared x[n]: t = e   - Word?(atomic) Name Count? Type? Value
    PrivateStore, // private x[n]: t = e init d   - Name Count? Type? Value Initializer?
    Type, // int 0..9, bool, text, list[4], table[4] - Word Low? High? Count?
    Primitive, // mutex a, b[3] …        - Word Item*(NameWithCount) then by kind:
    //   semaphore: Value Maximum? · condition: On · barrier: Value · latch: Value · queue: Maximum? Mode?(Word lifo|priority) · pipe: Maximum?
    NameWithCount, // fork[5]            - Name Count?
    Definition, // def d(a, b): …        - Name Parameter* Body
    Actor, // [daemon] thread a[i in 0..3](p): …  - Daemon?(Word) Word(thread|process|task) Name Variable? Low? High? Parameter* Body
    Main, // main: …                     - Body
    Invariant, // invariant "t" e        - Text? Value
    Expect, // expect verdict            - one Verdict child
    Block, // - Item*
    // Statements. Those that may wait carry Limit? (within d).
    Local, // local x = v                - Name Value
    Assign, // x[i] += v                 - Target Operator(Word) Value
    Lock, // lock m read within d        - Target Mode? Limit?
    Unlock, // - Target
    Acquire, // - Target Amount? Limit?
    Release, // - Target Amount?
    Wait, // wait c until p within d     - Target Condition? Limit?
    Notify, // notify c all | n          - Target Word?(all) Amount?
    Set, // - Target Value?
    Clear, // - Target
    Arrive, // - Target Limit? Into?
    Abort, // - Target
    Finish, // - Target
    AwaitUntil, // await until p         - Condition Limit?
    Put, // put q <- v                   - Target Value Limit?
    Get, // get x <- q                   - Into Target Limit?   (Into is where the item goes)
    Close, // close q now                - Target Word?(now)
    Read, // read x <- p.reader line within d - Into Target Part?(Word) Mode?(Word line|all) Amount? Limit?
    Write, // write p.writer <- v         - Target Part?(Word) Value Limit?
    Send, // send SIG to group x         - Value Word?(group) Target
    Communicate, // communicate c <- t into a, b within d - Target Value? Into* Limit?
    Start, // start c = command "a", b wirings model contract - Into Word(command|shell) Argument* Wiring* Contract?
    Wiring, // stdout to own             - Word* and, by the first: To(Word own|null|stdout, Literal, Reference) · before: Name · env: Text Value
    Contract, // model reads all writes same exits {0} - Word*, after some of them Amount or Set, in the order of the text
    On, // on SIGA, SIGB in p: … | ignore | default | block | unblock - Item*(Literal) In? (Word | Body); also at the top
    Alarm, // alarm d                    - Amount
    Pause, // pause unblocking SIGA      - Item*(Literal)
    AwaitSignal, // await SIGA within d into s - Item*(Literal) Limit? Into?
    Spawn, // spawn h = a[i](x) as "n"   - Into? Target Argument* As?
    Join, // join all | x checked        - Word?(all) Target? Checked?(Word) Limit?
    Cancel, // cancel t                  - Target
    Call, // call d(1) into v            - Name Argument* Into?
    Exit, // - Value?
    Compute, // - Value
    Sleep, // - Value
    Yield, // -
    Progress, // -
    Pass, // -
    Say, // say a, b to stderr as info   - Argument* To?(Word) As?(Word)
    Assert, // assert p, "t"             - Condition Text?
    Choose, // choose k in …             - Name Source(Set | Range | expression)
    Break, // -
    Continue, // -
    Return, // - Value?
    Raise, // raise E "t"                - Name? Text?
    // Compound statements.
    If, // - Condition Body, then Branch* (Rule::ElseIf) and Otherwise? (a Block)
    ElseIf, // - Condition Body
    While, // - Condition Body
    Forever, // - Body
    Repeat, // - Amount Body
    For, // for x in …                   - Name Source(Range | expression) Body
    With, // with m read                 - Target Mode? Body
    WithAtomic, // - Body
    Section, // - Text Body
    Try, // - Body Branch*(Rule::Except) Otherwise?(finally: a Block)
    Except, // - Name? Body
    After, // after d as t: …            - Amount As? Body
    // Conditions and expressions.
    Attempt, // [not] try lock m within d - Word?(not) Item(the Lock | Acquire | Put | Get | Wait | Join node) Limit?
    Literal, // one token: Integer, Duration, Size, Signal, Text without {…}, true, false, none, unset
    FormattedText, // "a {x} b"          - Item* : Literal-less pieces are TextPiece nodes, the others expressions
    TextPiece, // a run of characters of a FormattedText; has no tokens of its own, see Node::text
    Reference, // x, x[i]                - Name Index*
    Element, // e[i] of any expression   - Left Index
    FunctionCall, // f(a, b)             - Name Argument*
    Unary, // - Operator(Word) Right
    Binary, // - Left Operator(Word) Right      (`in` with a Set or an expression on the right, too)
    ListLiteral, // [a, b]               - Item*
    TableLiteral, // {k: v}              - Item* (Rule::TableEntry)
    TableEntry, // - Left Right
    SetLiteral, // {1, 3..5}             - Item* (expressions or Range)
    Range, // a..b                       - Low High
    Word, // a single name or symbol: its text is the token's
    // Verdicts of expect.
    Verdict, // each fixed word and relation is a Word, in order; beside them, by the first word:
    //   starvation, stuck, unbounded, race: Target? · exception, warning: Name
    //   invariant, assert: Text? · final: Value, then Right (==, can be, never) or Set (in)
    //   outcomes: Set · schedules: Amount · lasts: Amount · exit: Target Set
    //   said: Item+ (SaidLine), Amount? (after, within) · never: Item | Name In?
    //   raised: Name In? · output: Item+ (Literal)
    //   times: Low (exactly, or Low..High), after `at least` Low, after `at most` High
    SaidLine, // "text" by a             - Text By?
    Broken, // a statement that could not be read: keeps its tokens
};

/// The role that a child plays in its parent.
enum class Field : std::uint8_t
{
    None,
    Item,
    Name,
    Count,
    Type,
    Value,
    Initializer,
    Maximum,
    Mode,
    On,
    Parameter,
    Variable,
    Low,
    High,
    Daemon,
    Body,
    Target,
    Operator,
    Amount,
    Limit,
    Into,
    Condition,
    Argument,
    As,
    To,
    Checked,
    Word,
    Source,
    Branch,
    Otherwise,
    Text,
    Index,
    Left,
    Right,
    By,
    In,
    Set,
    Part,
    Wiring,
    Contract,
};

using NodeIndex = std::int32_t;
inline constexpr NodeIndex kNoNode = -1;

/// One node: a rule, its tokens and its children.
struct Node
{
    Rule rule = Rule::Broken;
    Field field = Field::None; ///< its role in the parent
    NodeIndex parent = kNoNode;
    std::uint32_t firstToken = 0;
    /// One past its last token; trivia before the first is not part of it.
    std::uint32_t endToken = 0;
    std::string text; ///< TextPiece only: the characters with escapes resolved
    std::vector<NodeIndex> children; ///< in the order of the text
};

/// A program's text with its structure: lossless, so that text and blocks are two views of one document.
///
/// Threads: immutable.
class SyntaxTree
{
public:
    SyntaxTree() = default;
    SyntaxTree(std::string text, std::vector<Token> tokens, std::vector<Node> nodes);

    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] const std::vector<Token>& tokens() const { return m_tokens; }

    /// Node 0 is the file.
    [[nodiscard]] NodeIndex root() const { return 0; }
    [[nodiscard]] const Node& node(NodeIndex index) const
    {
        return m_nodes[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] std::size_t nodeCount() const { return m_nodes.size(); }

    /// The first child in this role, or kNoNode.
    [[nodiscard]] NodeIndex child(NodeIndex parent, Field field) const;
    [[nodiscard]] bool has(NodeIndex parent, Field field) const
    {
        return child(parent, field) != kNoNode;
    }

    /// All children in this role, in order.
    [[nodiscard]] std::vector<NodeIndex> children(NodeIndex parent, Field field) const;

    [[nodiscard]] std::string_view tokenText(std::uint32_t token) const;

    /// The source text of a node, without trivia at its ends. For Word and Literal the single token.
    [[nodiscard]] std::string_view sourceText(NodeIndex index) const;

    /// Text of the child in this role, or empty: `word(actor, Field::Name)`.
    [[nodiscard]] std::string_view word(NodeIndex parent, Field field) const;

    /// The first token of a node: its line and column.
    [[nodiscard]] const Token& start(NodeIndex index) const;

private:
    std::string m_text;
    std::vector<Token> m_tokens;
    std::vector<Node> m_nodes;
};

} // namespace heddle
