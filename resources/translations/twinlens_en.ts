<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Announcing</name>
    <message numerus="yes">
        <source>%Ln groups selected</source>
        <translation>
            <numerusform>%Ln groups selected</numerusform>
            <numerusform>%Ln groups selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerList</name>
    <message numerus="yes">
        <source>and %Ln more photo(s) of such a name</source>
        <translation>
            <numerusform>and %Ln more photo of such a name</numerusform>
            <numerusform>and %Ln more photos of such a name</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accepted the suggestions of %Ln group(s).</source>
        <translation>
            <numerusform>Accepted the suggestions of %Ln group.</numerusform>
            <numerusform>Accepted the suggestions of %Ln groups.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept all %Ln photo(s).</source>
        <translation>
            <numerusform>Kept all %Ln photo.</numerusform>
            <numerusform>Kept all %Ln photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing is kept in %Ln group(s): keep a photo there first.</source>
        <translation>
            <numerusform>Nothing is kept in %Ln group: keep a photo there first.</numerusform>
            <numerusform>Nothing is kept in %Ln groups: keep a photo there first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left %Ln photo(s) in place; the first: {}</source>
        <translation>
            <numerusform>Left %Ln photo in place; the first: {}</numerusform>
            <numerusform>Left %Ln photos in place; the first: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) on a drive that is not here: rejected until it is back.</source>
        <translation>
            <numerusform>%Ln photo on a drive that is not here: rejected until it is back.</numerusform>
            <numerusform>%Ln photos on a drive that is not here: rejected until it is back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) would be left as is; the first: {}</source>
        <translation>
            <numerusform>%Ln photo would be left as is; the first: {}</numerusform>
            <numerusform>%Ln photos would be left as is; the first: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No longer there: %Ln photo(s).</source>
        <translation>
            <numerusform>No longer there: %Ln photo.</numerusform>
            <numerusform>No longer there: %Ln photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new photo(s).</source>
        <translation>
            <numerusform>%Ln new photo.</numerusform>
            <numerusform>%Ln new photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed photo(s).</source>
        <translation>
            <numerusform>%Ln changed photo.</numerusform>
            <numerusform>%Ln changed photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read.</source>
        <translation>
            <numerusform>%Ln file could not be read.</numerusform>
            <numerusform>%Ln files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decision(s)</source>
        <translation>
            <numerusform>%Ln decision</numerusform>
            <numerusform>%Ln decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) ago</source>
        <translation>
            <numerusform>%Ln minute ago</numerusform>
            <numerusform>%Ln minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) ago</source>
        <translation>
            <numerusform>%Ln hour ago</numerusform>
            <numerusform>%Ln hours ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message numerus="yes">
        <source>%Ln photo(s) rejected</source>
        <translation>
            <numerusform>%Ln photo rejected</numerusform>
            <numerusform>%Ln photos rejected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln to quarantine</source>
        <translation>
            <numerusform>Move %Ln to quarantine</numerusform>
            <numerusform>Move %Ln to quarantine</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InsteadDialog</name>
    <message numerus="yes">
        <source>All rejected photos (%Ln)</source>
        <translation>
            <numerusform>All rejected photos (%Ln)</numerusform>
            <numerusform>All rejected photos (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepBestBar</name>
    <message numerus="yes">
        <source>of the %Ln selected</source>
        <translation>
            <numerusform>of the %Ln selected</numerusform>
            <numerusform>of the %Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryCommands</name>
    <message numerus="yes">
        <source>An interrupted removal was settled: %Ln photo(s).</source>
        <translation>
            <numerusform>An interrupted removal was settled: %Ln photo.</numerusform>
            <numerusform>An interrupted removal was settled: %Ln photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln all the same</source>
        <translation>
            <numerusform>Move %Ln all the same</numerusform>
            <numerusform>Move %Ln all the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockLine</name>
    <message numerus="yes">
        <source>%Ln protected folder(s): no rule takes anything from there.</source>
        <translation>
            <numerusform>%Ln protected folder: no rule takes anything from there.</numerusform>
            <numerusform>%Ln protected folders: no rule takes anything from there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be read. Nothing was changed.</source>
        <translation>
            <numerusform>%Ln file could not be read. Nothing was changed.</numerusform>
            <numerusform>%Ln files could not be read. Nothing was changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProtectionFeature</name>
    <message numerus="yes">
        <source>%Ln photo(s) lost the mark to go.</source>
        <translation>
            <numerusform>%Ln photo lost the mark to go.</numerusform>
            <numerusform>%Ln photos lost the mark to go.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) in a protected folder: never removed, so not rejected.</source>
        <translation>
            <numerusform>%Ln photo in a protected folder: never removed, so not rejected.</numerusform>
            <numerusform>%Ln photos in a protected folder: never removed, so not rejected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuarantinePanel</name>
    <message numerus="yes">
        <source>%Ln photo(s) in the quarantine.</source>
        <translation>
            <numerusform>%Ln photo in the quarantine.</numerusform>
            <numerusform>%Ln photos in the quarantine.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln &amp;back</source>
        <translation>
            <numerusform>Put %Ln &amp;back</numerusform>
            <numerusform>Put %Ln &amp;back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln permanently…</source>
        <translation>
            <numerusform>Remove %Ln permanently…</numerusform>
            <numerusform>Remove %Ln permanently…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Returned</name>
    <message numerus="yes">
        <source>A drive is back. %Ln rejected photo(s) on it can go now.</source>
        <translation>
            <numerusform>A drive is back. %Ln rejected photo on it can go now.</numerusform>
            <numerusform>A drive is back. %Ln rejected photos on it can go now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewCommands</name>
    <message numerus="yes">
        <source>%Ln photo(s) are no duplicates of each other; remembered.</source>
        <translation>
            <numerusform>%Ln photo are no duplicates of each other; remembered.</numerusform>
            <numerusform>%Ln photos are no duplicates of each other; remembered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoFeature</name>
    <message numerus="yes">
        <source>%Ln photo(s) changed or left since, and stay as they are.</source>
        <translation>
            <numerusform>%Ln photo changed or left since, and stay as they are.</numerusform>
            <numerusform>%Ln photos changed or left since, and stay as they are.</numerusform>
        </translation>
    </message>
</context>
</TS>