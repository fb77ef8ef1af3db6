// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "widgets/shared/theme.h"

#include <Qsci/qscilexercustom.h>

namespace heddle::widgets {

/// Colours and folds a program in the editor, from the tokens of Heddle's own parser.
class ProgramLexer : public QsciLexerCustom
{
    Q_OBJECT

public:
    /// Longer texts stay plain, so that typing in them stays quick.
    static constexpr int kStyledBytesLimit = 512 * 1024;

    explicit ProgramLexer(QObject* parent = nullptr);

    void setScheme(ColourScheme scheme, const QFont& font);

    [[nodiscard]] const char* language() const override { return "Heddle"; }
    [[nodiscard]] QString description(int style) const override;
    void styleText(int start, int end) override;

private:
    void styleSpans(const QByteArray& text);
    void foldLines(const QByteArray& text);
};

} // namespace heddle::widgets
