<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Footer</name>
    <message numerus="yes">
        <source>%n photo(s) rejected</source>
        <translation>
            <numerusform>%n photo rejected</numerusform>
            <numerusform>%n photos rejected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n to quarantine</source>
        <translation>
            <numerusform>Move %n to quarantine</numerusform>
            <numerusform>Move %n to quarantine</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message numerus="yes">
        <source>%n removal(s). Nothing here was deleted unless it says so.</source>
        <translation>
            <numerusform>%n removal. Nothing here was deleted unless it says so.</numerusform>
            <numerusform>%n removals. Nothing here was deleted unless it says so.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n put back</source>
        <translation>
            <numerusform>%n put back</numerusform>
            <numerusform>%n put back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed permanently</source>
        <translation>
            <numerusform>%n removed permanently</numerusform>
            <numerusform>%n removed permanently</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left in place</source>
        <translation>
            <numerusform>%n left in place</numerusform>
            <numerusform>%n left in place</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryCommands</name>
    <message numerus="yes">
        <source>An interrupted removal was settled: %n photo(s).</source>
        <translation>
            <numerusform>An interrupted removal was settled: %n photo.</numerusform>
            <numerusform>An interrupted removal was settled: %n photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n all the same</source>
        <translation>
            <numerusform>Move %n all the same</numerusform>
            <numerusform>Move %n all the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message numerus="yes">
        <source>%n file(s) could not be read. They are left as they are.</source>
        <translation>
            <numerusform>%n file could not be read. They are left as they are.</numerusform>
            <numerusform>%n files could not be read. They are left as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuarantinePanel</name>
    <message numerus="yes">
        <source>%n photo(s) wait here.</source>
        <translation>
            <numerusform>%n photo wait here.</numerusform>
            <numerusform>%n photos wait here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %n &amp;back</source>
        <translation>
            <numerusform>Put %n &amp;back</numerusform>
            <numerusform>Put %n &amp;back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n permanently…</source>
        <translation>
            <numerusform>Remove %n permanently…</numerusform>
            <numerusform>Remove %n permanently…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewCommands</name>
    <message numerus="yes">
        <source>%n photo(s) are no duplicates of each other; remembered.</source>
        <translation>
            <numerusform>%n photo are no duplicates of each other; remembered.</numerusform>
            <numerusform>%n photos are no duplicates of each other; remembered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message numerus="yes">
        <source>%n photo(s) would be rejected</source>
        <translation>
            <numerusform>%n photo would be rejected</numerusform>
            <numerusform>%n photos would be rejected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
</TS>