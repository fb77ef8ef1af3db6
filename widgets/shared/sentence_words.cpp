// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/sentence_words.h"

#include <QCoreApplication>

namespace heddle::widgets {

QString inWords(const Sentence& sentence)
{
    if (!sentence.isTranslatable())
        return QString::fromStdString(sentence.pattern());
    const std::string& source = sentence.pattern();
    const QString pattern = QCoreApplication::translate("Sentence", source.c_str());
    const bool isEnglish = pattern == QString::fromStdString(source);
    std::vector<std::string> arguments;
    for (const Sentence& argument : sentence.arguments())
        arguments.push_back(isEnglish || argument.isTranslatable() ? inWords(argument).toStdString()
                                                                   : argument.elsewhere());
    return QString::fromStdString(filled(pattern.toStdString(), arguments));
}

} // namespace heddle::widgets
